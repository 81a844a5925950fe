/** Another worker holds the key now. Whatever the former holder still wanted to write must not be written. */
import { RemitError } from "../errors.ts";

export function leaseLost(key: string): RemitError {
  return new RemitError("lease-lost", `another worker took over ${key}`);
}
