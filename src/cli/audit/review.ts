/** `remit audit review`: a month of Remit, as Markdown, or as an issue. */
import { parseMonth } from "../../audit/review/month.ts";
import { renderReview } from "../../audit/review/render-review.ts";
import { reviewMonth } from "../../audit/review/review-month.ts";
import { verifyLedger } from "../../audit/verify-ledger.ts";
import type { CommandContext, ExitCode } from "../command.ts";
import { requiredConfig } from "../required-config.ts";
import { auditUsage } from "./audit-usage.ts";
import { withAudit } from "./open-audit.ts";

export const reviewOptions = {
  month: { type: "string" },
  write: { type: "string" },
  config: { type: "string" },
} as const;

export async function review(context: CommandContext): Promise<ExitCode> {
  const month = parseMonth(context.text("month") ?? "");
  if (month === undefined) throw auditUsage("--month wants a month such as 2026-11");
  const repository = context.text("write");
  // Known before the ledger is read, which may take long.
  const config = repository === undefined ? undefined : await requiredConfig(context);
  return withAudit(context, async (audit): Promise<ExitCode> => {
    if (config !== undefined && month.to > audit.now)
      throw auditUsage(`${month.name} isn't over, and its review is written once: leave --write out to read it`);
    const found = await reviewMonth(audit, month, await verifyLedger(audit));
    if (config === undefined || repository === undefined) {
      if (context.json) context.printJson(found);
      else context.print(renderReview(found).trimEnd());
      return 0;
    }
    const { writeReview } = await import("./write-review.ts");
    const done = await writeReview(config, repository, found);
    if (context.json) context.printJson({ ...found, done });
    else context.print(done);
    return 0;
  });
}
