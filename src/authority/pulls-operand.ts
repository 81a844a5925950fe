/** Field note S26: however much fails, people find a handful of pull requests of Remit's to read. A fix waits for its turn; an undo is left to the person who was called. */
import { changesPerRepository } from "./defaults.ts";
import type { Storm } from "./storm.ts";
import type { Operand } from "./verdict.ts";

export function pullsOperand(storm: Storm | "unreadable", kind: "fix" | "undo"): Operand {
  if (storm === "unreadable") {
    const message = "it couldn't be counted how many changes are under way";
    return { name: "pulls", tier: "suggest", reason: { code: "limits-unreadable", message } };
  }
  const { changesUnderWay } = storm;
  const others = `${changesUnderWay} of ${changesPerRepository} changes under way in this repository`;
  if (changesUnderWay < changesPerRepository) {
    return { name: "pulls", tier: "merge", reason: { code: "within-limits", message: others } };
  }
  const rest = kind === "fix" ? "this one waits" : "the undo is a person's to make";
  return { name: "pulls", tier: "suggest", reason: { code: "pulls-full", message: `${others}, so ${rest}` } };
}
