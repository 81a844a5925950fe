import { RemitError } from "../../errors.ts";

export function auditUsage(message: string): RemitError {
  return new RemitError("usage", `audit: ${message}\nTry remit audit --help`, { audience: "user" });
}
