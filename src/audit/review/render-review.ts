/** A month of Remit as Markdown that may stand in an issue: nothing that strangers wrote is active in it. */
import { cellNames } from "../../remediation/prose/cell-names.ts";
import { formatTime } from "../../remediation/prose/format-time.ts";
import { cleanLine, inlineCode } from "../../remediation/prose/untrusted.ts";
import type { DoneChange, NotDone, OpenIncident, Review, Trust } from "./review.ts";

/** Rows of a table: five minutes are for all of it. */
const shown = 15;

export function renderReview(review: Review): string {
  return `# Remit in ${review.month}\n\n${renderSections(review)}`;
}

/** Without the heading. */
export function renderSections(review: Review): string {
  return [
    summary(review),
    "",
    "## What it did",
    "",
    ...table(
      "| when | target | action | how | by | outcome | pull |",
      review.did.toReversed(),
      didRow,
      "Nothing was merged.",
    ),
    "",
    "## What it didn't do, and why",
    "",
    ...table(
      "| reason | incidents with nothing done | with a person asked | for example | targets |",
      review.didNot,
      notRow,
      "Nothing held it back.",
    ),
    "",
    "## Where it could be trusted more, or less",
    "",
    ...table(
      "| runbook | action | begun | alone | approved | rejected | recovered | undone | again within 7 days | could be trusted |",
      review.trust,
      trustRow,
      "Nothing was begun.",
    ),
    "",
    "*More*: five or more were taken as they were, and none was rejected, undone or needed again. *Less*: one was undone, half were rejected, or two were needed again. The grant is yours to change.",
    "",
    "## Open questions",
    "",
    ...questions(review),
    "",
  ].join("\n");
}

function summary({ incidents, did }: Review): string {
  const fixes = did.filter(({ kind }) => kind === "fix");
  const by = (how: DoneChange["how"]) => fixes.filter((change) => change.how === how).length;
  const undone = did.length - fixes.length;
  return `${count(incidents, "incident")}. ${count(fixes.length, "fix", "fixes")} merged: ${by("alone")} without a person, ${by("approved")} after approval, ${by("person")} by people. ${count(undone, "change")} taken back.`;
}

function table<T>(heading: string, rows: readonly T[], cells: (row: T) => readonly string[], none: string): string[] {
  if (rows.length === 0) return [none];
  const line = heading.replaceAll(/[^|]+/g, "---");
  const more = rows.length - shown;
  const lines = rows.slice(0, shown).map((row) => `| ${cells(row).join(" | ")} |`);
  return [heading, line, ...lines, ...(more > 0 ? ["", `And ${more} more.`] : [])];
}

const hows: Readonly<Record<DoneChange["how"], string>> = {
  alone: "without a person",
  approved: "after approval",
  person: "by a person",
};

function didRow({ at, target, action, kind, how, people, outcome, pull }: DoneChange): readonly string[] {
  const what = kind === "undo" ? "undo of " : "";
  return [
    formatTime(at),
    cellNames([target]),
    `${what}${cellNames([action])}`,
    hows[how],
    people.length === 0 ? "Remit" : cellNames(people),
    outcome === undefined ? "not known" : cellNames([outcome]),
    pull === undefined ? "-" : `#${pull}`,
  ];
}

function notRow({ code, nothing, asked, message, targets }: NotDone): readonly string[] {
  return [cellNames([code]), String(nothing), String(asked), cell(message), cellNames(targets)];
}

function cell(text: string): string {
  return inlineCode(cleanLine(text, 120).replaceAll("|", "¦"));
}

function trustRow(row: Trust): readonly string[] {
  const { runbook, action, begun, alone, approved, rejected, recovered, undone, repeated, could } = row;
  const numbers = [begun, alone, approved, rejected, recovered, undone, repeated].map(String);
  return [cellNames([runbook]), cellNames([action]), ...numbers, could === "as it is" ? could : `**${could}**`];
}

function questions({ open, did, checks }: Review): readonly string[] {
  const failed = (checks ?? []).filter(({ outcome }) => outcome === "failed");
  const left = (checks ?? []).flatMap(({ name, skipped }) =>
    skipped.map(({ why, count }) => `\`${name}\`: ${count}, ${why}`),
  );
  const unknown = did.filter(({ outcome }) => outcome === undefined);
  const lines = [
    ...failed.map(({ name, found }) => `- The check \`${name}\` found ${found}: \`remit audit verify\` says what.`),
    ...listed(open, openLine),
    ...listed(
      unknown,
      ({ target, at }) => `- Whether the change of ${inlineCode(target)} of ${formatTime(at)} helped isn't recorded.`,
    ),
    ...left.map((line) => `- Not looked at by ${line}.`),
    ...(checks === undefined ? ["- Is the ledger what happened? `remit audit verify` says so in a clone."] : []),
  ];
  return lines.length === 0 ? ["None."] : lines;
}

function listed<T>(items: readonly T[], line: (item: T) => string): readonly string[] {
  const more = items.length - shown;
  return [...items.slice(0, shown).map(line), ...(more > 0 ? [`- And ${more} more like these.`] : [])];
}

function openLine({ id, target, since, called }: OpenIncident): string {
  const who = called ? "a person was called" : "nobody was called";
  return `- Incident ${inlineCode(id)} of ${inlineCode(target)} is open, last heard of ${formatTime(since)}; ${who}.`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
