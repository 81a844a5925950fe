/** `remit audit log`: what the ledger tells, a line for each record, newest first. */
import { csvLine } from "../../audit/csv-line.ts";
import { describeRecord } from "../../audit/describe-record.ts";
import { type ReadRecord, readable } from "../../audit/ledger.ts";
import { recordCells, recordHeader } from "../../audit/record-cells.ts";
import { selectRecords } from "../../audit/select-records.ts";
import { tiers } from "../../authority/verdict.ts";
import { recordKinds } from "../../ledger/ledger-record.ts";
import { recordTarget } from "../../ledger/record-target.ts";
import { nearestWord } from "../../nearest-word.ts";
import { formatTime } from "../../remediation/prose/format-time.ts";
import { cleanLine } from "../../remediation/prose/untrusted.ts";
import { columns } from "../columns.ts";
import type { CommandContext, ExitCode } from "../command.ts";
import { windowOption } from "../window-option.ts";
import { auditUsage } from "./audit-usage.ts";
import { withAudit } from "./open-audit.ts";

export const logOptions = {
  target: { type: "string" },
  actor: { type: "string" },
  kind: { type: "string" },
  action: { type: "string" },
  tier: { type: "string" },
  incident: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  limit: { type: "string" },
  csv: { type: "boolean" },
} as const;

export function log(context: CommandContext): Promise<ExitCode> {
  const wanted = { kind: oneOf(context, "kind", recordKinds), tier: oneOf(context, "tier", tiers) };
  const limit = limitOf(context.text("limit"));
  if (context.json && context.flag("csv")) throw auditUsage("--json and --csv exclude each other");
  return withAudit(context, async ({ ledger, now }): Promise<ExitCode> => {
    const { since, until } = windowOption("audit", context, now, now);
    const found = selectRecords(readable(ledger), {
      ...wanted,
      ...Object.fromEntries(names.map((name) => [name, context.text(name)])),
      since,
      until: context.text("until") === undefined ? Number.POSITIVE_INFINITY : until,
    });
    print(context, found.toReversed().slice(0, limit));
    const unread = ledger.records.length - readable(ledger).length;
    if (unread > 0) context.stderr.write(`remit: ${unread} records can't be read: see remit audit verify\n`);
    return 0;
  });
}

const names = ["target", "actor", "action", "incident"] as const;

function print(context: CommandContext, records: readonly ReadRecord[]): void {
  if (context.json) {
    for (const { sequence, path, commit, record } of records) context.printJson({ sequence, path, commit, record });
  } else if (context.flag("csv")) {
    for (const cells of [recordHeader, ...records.map(recordCells)]) context.stdout.write(csvLine(cells));
  } else if (records.length === 0) {
    context.print("No record fits.");
  } else {
    for (const line of columns(records.map(rowOf))) context.print(line);
  }
}

function rowOf({ sequence, record }: ReadRecord): readonly string[] {
  const { time, kind, phase, actor } = record;
  const who = actor.login === undefined ? actor.kind : cleanLine(actor.login, 40);
  const what = phase === "intent" ? `${kind} (intent)` : kind;
  const target = cleanLine(recordTarget(record) ?? "-", 60);
  return [formatTime(Date.parse(time)), String(sequence), what, target, who, describeRecord(record)];
}

function oneOf(context: CommandContext, option: string, words: readonly string[]): string | undefined {
  const word = context.text(option);
  if (word === undefined || words.includes(word)) return word;
  const near = nearestWord(word, words);
  const hint = near === undefined ? `one of ${words.join(", ")}` : `did you mean ${near}?`;
  throw auditUsage(`--${option}: there is no ${option} ${JSON.stringify(word)}, ${hint}`);
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw auditUsage(`--limit wants a number such as 50, not ${JSON.stringify(text)}`);
}
