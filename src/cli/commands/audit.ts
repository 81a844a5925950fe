/** `remit audit`: the ledger, read by a stranger with a clone. No network and no configuration, but where it is to write an issue. */
import { auditUsage } from "../audit/audit-usage.ts";
import { exportOptions, exportVerb } from "../audit/export.ts";
import { log, logOptions } from "../audit/log.ts";
import { auditOptions } from "../audit/open-audit.ts";
import { review, reviewOptions } from "../audit/review.ts";
import { verify } from "../audit/verify.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";

type Option = keyof typeof options;

interface Verb {
  run(context: CommandContext): Promise<ExitCode>;
  /** Beside those of all verbs. */
  readonly takes: readonly Option[];
}

const options = {
  ...auditOptions,
  "since-tip": { type: "string" },
  ...logOptions,
  ...exportOptions,
  ...reviewOptions,
} as const;
const verbs: Readonly<Record<string, Verb>> = {
  verify: { run: verify, takes: ["since-tip"] },
  log: { run: log, takes: ["target", "actor", "kind", "action", "tier", "incident", "since", "until", "limit", "csv"] },
  export: { run: exportVerb, takes: ["from", "to", "out", "sample", "seed"] },
  review: { run: review, takes: ["month", "write", "config"] },
};

export const audit: Command = {
  name: "audit",
  summary: "the ledger of decisions: verify, log, export, review",
  usage: `verify [--since-tip COMMIT]
log [--target NAME] [--actor NAME] [--kind KIND] [--action ACTION] [--tier TIER] [--incident ID] [--since WHEN] [--until WHEN] [--limit N] [--csv]
export --from DATE --to DATE --out DIR [--sample N --seed WORD]
review --month YYYY-MM [--write OWNER/NAME] [--config FILE]

--repo DIR          a git directory or work tree with the ledger's branch; the current directory otherwise
--ref REF           the ledger: a branch or a full commit id; remit/ledger otherwise
--branch NAME       the branch that Remit writes to; the repository's default branch otherwise
--now ISO           the moment to compare with; otherwise now

verify: is the ledger whole, and what happened? Ends with 1 where a check fails, and names the first bad record.
--since-tip COMMIT  a tip of the ledger that you noted earlier: it must still be below the one of today

log: a line for each record, newest first; with --json a line of JSON for each, with --csv a table.
--target NAME       checkout, or checkout/production
--actor NAME        remit, person, github, or a login
--since, --until    a date such as 2026-05-01, or a span such as 30d

export: the changes that were merged in a period as a table, with a folder for each: records, patch, policy, and how to reproduce them.
--out DIR           an empty directory, or none yet
--sample, --seed    folders for so many only, drawn by the word: the same word draws the same again

review: what Remit did in a month, what it didn't and why, and where it could be trusted more or less, as Markdown.
--write OWNER/NAME  as an issue there instead, as the server writes it once a month is over; by the server's configuration and secrets

docs/audit.md says what each check catches.`,
  options,
  run(context) {
    const [name = "", ...rest] = context.positionals;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb === undefined || rest.length > 0) throw auditUsage(`expected ${Object.keys(verbs).join(", ")}`);
    const others = Object.values(verbs).flatMap(({ takes }) => takes);
    const foreign = others.find((option) => !verb.takes.includes(option) && isGiven(context, option));
    if (foreign !== undefined) throw auditUsage(`--${foreign} says nothing to ${name}`);
    return verb.run(context);
  },
};

function isGiven(context: CommandContext, option: Option): boolean {
  return context.text(option) !== undefined || context.flag(option);
}
