import type { Verdict } from "../../authority/verdict.ts";
import { tableCell } from "./sentence.ts";

/** Every operand with the tier that it allows, and why. The lowest decides. */
export function verdictTable(verdict: Verdict): string {
  const rows = verdict.operands.map(
    ({ name, tier, reason }) => `| ${name} | ${tier} | ${tableCell(reason.message)} (${reason.code}) |`,
  );
  return [
    `The lowest line decides: **${verdict.tier}**.`,
    "",
    "| looked at | allows | why |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
