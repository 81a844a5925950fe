/** Field note S26: however much fails, people find a handful of pull requests of Remit's to read. The rest waits for its turn. */
import { changesPerRepository } from "./defaults.ts";
import type { Storm } from "./storm.ts";
import type { Operand } from "./verdict.ts";

export function pullsOperand(storm: Storm | "unreadable", kind: "fix" | "undo"): Operand {
  if (kind === "undo") {
    const message = "an undo takes the place of its fix";
    return { name: "pulls", tier: "merge", reason: { code: "within-limits", message } };
  }
  if (storm === "unreadable") {
    const message = "it couldn't be counted how many changes are under way";
    return { name: "pulls", tier: "suggest", reason: { code: "limits-unreadable", message } };
  }
  const { changesUnderWay } = storm;
  const others = `${changesUnderWay} of ${changesPerRepository} changes under way in this repository`;
  if (changesUnderWay < changesPerRepository) {
    return { name: "pulls", tier: "merge", reason: { code: "within-limits", message: others } };
  }
  return { name: "pulls", tier: "suggest", reason: { code: "pulls-full", message: `${others}, so this one waits` } };
}
