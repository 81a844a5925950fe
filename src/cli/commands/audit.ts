/** `remit audit`: the ledger, read by a stranger with a clone. No network, no configuration. */
import { auditUsage } from "../audit/audit-usage.ts";
import { auditOptions } from "../audit/open-audit.ts";
import { verify } from "../audit/verify.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";

const verbs: Readonly<Record<string, (context: CommandContext) => Promise<ExitCode>>> = { verify };

export const audit: Command = {
  name: "audit",
  summary: "the ledger of decisions: verify",
  usage: `verify [--repo DIR] [--ref REF] [--branch NAME] [--since-tip COMMIT] [--now ISO]

--repo DIR          a git directory or work tree with the ledger's branch; the current directory otherwise
--ref REF           the ledger: a branch or a full commit id; remit/ledger otherwise
--branch NAME       the branch that Remit writes to; the repository's default branch otherwise
--since-tip COMMIT  a tip of the ledger that you noted earlier: it must still be below the one of today
--now ISO           the moment to compare with; otherwise now

verify: is the ledger whole, and what happened? Ends with 1 where a check fails, and names the first bad record.
docs/audit.md says what each check catches.`,
  options: { ...auditOptions, "since-tip": { type: "string" } },
  run(context) {
    const [verb = "", ...rest] = context.positionals;
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (run === undefined || rest.length > 0) throw auditUsage(`expected ${Object.keys(verbs).join(", ")}`);
    return run(context);
  },
};
