import { RemitError } from "../../errors.ts";
import type { Revision } from "./mirror.ts";

/** Throws RemitError revision-invalid unless it is a full commit id: 40 or 64 lowercase hex digits. */
export function assertRevision(revision: string): Revision {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)) return revision;
  throw new RemitError("revision-invalid", "a revision must be a full commit id of 40 or 64 lowercase hex digits");
}
