import type { ReasonCode } from "../reason.ts";
import type { ActionResult } from "./candidate.ts";

export function refused(code: ReasonCode, message: string): Extract<ActionResult, { outcome: "refused" }> {
  return { outcome: "refused", reasons: [{ code, message }] };
}
