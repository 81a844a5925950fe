/** Field note S26: however much fails, people find a handful of pull requests of Remit's to read. The rest waits for its turn. */
import { changesPerRepository } from "./defaults.ts";
import type { Storm } from "./storm.ts";
import type { Operand } from "./verdict.ts";

/** An undo takes the place of the fix that it takes back. */
export function pullsOperand(storm: Storm | "unreadable", kind: "fix" | "undo"): Operand {
  if (storm === "unreadable") {
    const message = "it couldn't be counted how many changes are under way";
    return { name: "pulls", tier: "suggest", reason: { code: "limits-unreadable", message } };
  }
  const { changesUnderWay } = storm;
  const others = `${changesUnderWay} of ${changesPerRepository} changes under way in this repository`;
  if (kind === "undo" || changesUnderWay < changesPerRepository) {
    return { name: "pulls", tier: "merge", reason: { code: "within-limits", message: others } };
  }
  return { name: "pulls", tier: "suggest", reason: { code: "pulls-full", message: `${others}, so this one waits` } };
}
