import type { Agreement } from "../shadow/agreement.ts";
import { cellNames } from "./cell-names.ts";
import { formatDuration } from "./format-duration.ts";

/** How often people merged what Remit would have, where it might not. */
export function agreementTable(agreement: readonly Agreement[]): string {
  return [
    "| runbook | action | compared | the same change | the same and more | a part of it | another change | nothing in git | Remit was earlier by |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...agreement.map(row),
  ].join("\n");
}

function row({ runbook, action, compared, outcomes, lead }: Agreement): string {
  const { same, "same-and-more": more, partly, other, none } = outcomes;
  const counts = [compared, same, more, partly, other, none];
  return `| ${cellNames([runbook])} | ${cellNames([action])} | ${counts.join(" | ")} | ${leadCell(lead)} |`;
}

function leadCell(lead: Agreement["lead"]): string {
  if (lead === undefined) return "";
  const { medianMs, cases } = lead;
  const by = formatDuration(Math.abs(medianMs));
  return `${medianMs < 0 ? `people by ${by}` : by} (median of ${cases})`;
}
