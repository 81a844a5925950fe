import type { ReasonCode } from "../../reason.ts";
import type { FlagChange } from "./flag.ts";

export function refuseFlag(code: ReasonCode, message: string): FlagChange {
  return { outcome: "refused", reasons: [{ code, message }] };
}
