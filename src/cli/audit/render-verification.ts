/** `remit audit verify` for people: what was looked at, each check, and where it went wrong. */
import type { CheckResult, Finding, Skip } from "../../audit/check.ts";
import { firstBad } from "../../audit/first-bad.ts";
import type { Ledger } from "../../audit/ledger.ts";

/** Of one check. */
const shown = 3;
const words: Readonly<Record<CheckResult["outcome"], string>> = {
  ok: "ok",
  failed: "FAILED",
  skipped: "skipped",
  "not-applicable": "nothing",
};

export function renderVerification(ledger: Ledger, results: readonly CheckResult[]): string[] {
  const width = Math.max(...results.map(({ name }) => name.length));
  return [
    `Ledger ${ledger.tip}: ${count(ledger.records.length, "record")} in ${count(ledger.commits.length, "commit")}.`,
    "",
    ...results.flatMap((result) => linesOf(result, width)),
    "",
    ...conclusion(results),
  ];
}

function linesOf(result: CheckResult, width: number): string[] {
  const { outcome, name, title, checked, findings, found, skipped, notes } = result;
  const indent = " ".repeat(width + 11);
  const more = found - shown;
  return [
    `${words[outcome].padEnd(7)}  ${name.padEnd(width)}  ${title}${checked === 0 ? "" : ` (${checked} looked at)`}`,
    ...findings.slice(0, shown).map((finding) => `${indent}${sentenceOf(finding)}`),
    ...(more > 0 ? [`${indent}and ${more} more`] : []),
    ...skipped.map((skip) => `${indent}${skipOf(skip)}`),
    ...notes.map((note) => `${indent}${note}`),
  ];
}

function sentenceOf({ message, sequence, path, commit }: Finding): string {
  const where = [
    ...(sequence === undefined ? [] : [`record ${sequence}`]),
    ...(path === undefined ? [] : [path]),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
  ];
  return where.length === 0 ? message : `${where.join(", ")}: ${message}`;
}

function skipOf({ why, count: times }: Skip): string {
  return `${times} not looked at: ${why}`;
}

function conclusion(results: readonly CheckResult[]): string[] {
  const first = firstBad(results);
  if (first === undefined) return ["Nothing was found that isn't as it must be."];
  const failed = results.filter(({ outcome }) => outcome === "failed").length;
  return [`${count(failed, "check")} failed. First: ${first.name}, ${sentenceOf(first)}.`];
}

function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
