/** `remit audit review`: a month of Remit, as Markdown. */
import { renderReview } from "../../audit/review/render-review.ts";
import { reviewMonth } from "../../audit/review/review-month.ts";
import type { CommandContext, ExitCode } from "../command.ts";
import { auditUsage } from "./audit-usage.ts";
import { withAudit } from "./open-audit.ts";

export function review(context: CommandContext): Promise<ExitCode> {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(context.text("month") ?? "") ?? [];
  if (year === undefined || month === undefined) throw auditUsage("--month wants a month such as 2026-11");
  const from = Date.UTC(Number(year), Number(month) - 1);
  const to = Date.UTC(Number(year), Number(month));
  return withAudit(context, async (audit): Promise<ExitCode> => {
    const found = await reviewMonth(audit, from, to);
    if (context.json) context.printJson(found);
    else context.print(renderReview(found).trimEnd());
    return 0;
  });
}
