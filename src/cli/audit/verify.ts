/** `remit audit verify`: is the ledger what happened? */
import type { CheckResult, Finding } from "../../audit/check.ts";
import { firstBad } from "../../audit/first-bad.ts";
import { verifyLedger } from "../../audit/verify-ledger.ts";
import type { CommandContext, ExitCode } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import { withAudit } from "./open-audit.ts";
import { renderVerification } from "./render-verification.ts";

/** Of what `--json` prints. Goes up when a name goes or means something else. */
const jsonVersion = 1;

export function verify(context: CommandContext): Promise<ExitCode> {
  return withAudit(context, async (audit): Promise<ExitCode> => {
    const bar = progressBar(context.stderr);
    const results = await verifyLedger(audit, { progress: bar.show });
    bar.clear();
    const first: (Finding & Pick<CheckResult, "name">) | undefined = firstBad(results);
    const { ledger, base } = audit;
    if (context.json)
      context.printJson({
        version: jsonVersion,
        outcome: first === undefined ? "ok" : "failed",
        tip: ledger.tip,
        base,
        records: ledger.records.length,
        commits: ledger.commits.length,
        first,
        checks: results,
      });
    else for (const line of renderVerification(ledger, results)) context.print(line);
    return first === undefined ? 0 : 1;
  });
}
