import type { CheckView } from "./forge.ts";

/** The name of the check run that Remit reports on its own pull requests. */
export const gateName = "remit/gate";

export function isOurGate(check: CheckView): boolean {
  return check.ours && check.name === gateName;
}
