import type { ReasonCode } from "../../reason.ts";
import type { EditResult } from "./edit.ts";

export type Refusal = Extract<EditResult, { outcome: "refused" }>;

export function refusal(code: ReasonCode, message: string): Refusal {
  return { outcome: "refused", reason: { code, message } };
}
