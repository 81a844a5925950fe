import { RemitError } from "../errors.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";

const fullId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export function isFullId(text: string): boolean {
  return fullId.test(text);
}

/** The commit that an option names by its full id; the head where it is left out. Throws RemitError usage. */
export async function commitOption(mirror: Mirror, option: string, value: string | undefined): Promise<Revision> {
  if (value === undefined) return mirror.head();
  if (!isFullId(value)) throw usage(`--${option} wants a full commit id, 40 or 64 hex digits`);
  if (!(await mirror.has(value))) throw usage(`--${option}: commit ${value} isn't in this repository`);
  return value;
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
