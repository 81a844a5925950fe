import { type Person, personNamed } from "../../src/sandbox/github/world/accounts.ts";
import type { ActKind } from "./acts.ts";

/** GitHub lets anybody who sees the repository talk, and only those who may write do the rest. */
export function mayAct(kind: ActKind, by: Person): boolean {
  const { role } = personNamed(by);
  if (/^archives|^renames the (default branch|repository)/.test(kind)) return role === "admin";
  if (kind.startsWith("approves") || kind === "requests changes" || /^writes|^asks/.test(kind)) return role !== "none";
  return role === "admin" || role === "write" || /^the |^everything|^sets the stop/.test(kind);
}
