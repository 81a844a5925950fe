/** `remit audit review`: a month of Remit, as Markdown. */
import { parseMonth } from "../../audit/review/month.ts";
import { renderReview } from "../../audit/review/render-review.ts";
import { reviewMonth } from "../../audit/review/review-month.ts";
import { verifyLedger } from "../../audit/verify-ledger.ts";
import type { CommandContext, ExitCode } from "../command.ts";
import { auditUsage } from "./audit-usage.ts";
import { withAudit } from "./open-audit.ts";

export function review(context: CommandContext): Promise<ExitCode> {
  const month = parseMonth(context.text("month") ?? "");
  if (month === undefined) throw auditUsage("--month wants a month such as 2026-11");
  return withAudit(context, async (audit): Promise<ExitCode> => {
    const found = await reviewMonth(audit, month, await verifyLedger(audit));
    if (context.json) context.printJson(found);
    else context.print(renderReview(found).trimEnd());
    return 0;
  });
}
