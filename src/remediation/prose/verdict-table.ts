import { tierIfEnforced } from "../../authority/tier-if-enforced.ts";
import type { Verdict } from "../../authority/verdict.ts";
import type { Reason } from "../../reason.ts";
import { tableCell } from "./sentence.ts";

/** Every operand with the tier that it allows, and why. The lowest decides. */
export function verdictTable(verdict: Verdict): string {
  const rows = verdict.operands.map(
    ({ name, tier, reason }) => `| ${name} | ${tier} | ${tableCell(reason.message)}${code(reason)} |`,
  );
  const enforced = tierIfEnforced(verdict);
  const trial = enforced === undefined ? "" : ` If every grant were in mode enforce, it would be **${enforced}**.`;
  return [
    `The lowest line decides: **${verdict.tier}**.${trial}`,
    "",
    "| looked at | allows | why |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** The code of what holds something back; that all is well needs none. */
function code(reason: Reason): string {
  return reason.code === "within-limits" || reason.code === "grant" ? "" : ` (${reason.code})`;
}
