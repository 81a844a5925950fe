import type { Reason } from "../../reason.ts";
import { sentence } from "./sentence.ts";

export function reasonList(reasons: readonly Reason[]): string {
  return reasons.length === 0
    ? "- no reason was given"
    : reasons.map(({ code, message }) => `- ${sentence(message)} (${code})`).join("\n");
}
