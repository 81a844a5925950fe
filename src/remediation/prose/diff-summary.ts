/** What a pull request changes for which target, and why it may or may not be merged: to be read in ten seconds. */
import type { RenderedEffect } from "../../actions/effect/rendered-effect.ts";
import type { DiffChange } from "../../authority/diff/diff-change.ts";
import type { DiffOperand, Rollback } from "../../authority/diff/judge-diff.ts";
import { formatPolicyMistake } from "../../authority/format-policy-mistake.ts";
import type { PolicyMistake } from "../../authority/policy-mistake.ts";
import { targetName } from "../../target.ts";
import type { GateAnswer } from "../gate-revisions.ts";
import { renderedOf } from "../plan-answer.ts";
import { fieldPath } from "./field-path.ts";
import { renderedWords } from "./rendered-words.ts";
import { sentence, tableCell } from "./sentence.ts";
import { cleanLine, inlineCode } from "./untrusted.ts";

/** Rows of the table; the rest is counted. */
const rowLimit = 25;
const cellLimit = 80;
const mistakeLimit = 500;

export function diffSummary(answer: GateAnswer): string {
  const { base, head, classification, verdict, mistakes, rendered } = answer;
  const { changes } = classification;
  return [
    ...(mistakes.length === 0 ? [] : [mistakeList(mistakes)]),
    `**${opening(answer)}** ${rollbackLine(verdict.rollback)}`,
    changes.length === 0 ? "Nothing changes." : changeTable(changes),
    ...(rendered === undefined ? [] : [appliedTable(rendered)]),
    `### Why\n\n${operandTable(verdict.operands)}`,
    `Commit ${head.slice(0, 12)} into ${base.slice(0, 12)}. Policy ${inlineCode(verdict.policy.digest)}, version ${verdict.policy.version ?? "unknown"}, read from the base. Judged from the files ${rendered === undefined ? "alone" : "and what renderers make of them"}.`,
  ].join("\n\n");
}

function mistakeList(mistakes: readonly PolicyMistake[]): string {
  const lines = mistakes
    .slice(0, rowLimit)
    .map((mistake) => `- ${inlineCode(formatPolicyMistake(mistake), mistakeLimit)}`);
  const left = mistakes.length - lines.length;
  return [
    "**This breaks the policy: merged, Remit would suggest at most until it is mended.**",
    [...lines, ...(left > 0 ? [`- ${left} more mistakes`] : [])].join("\n"),
  ].join("\n\n");
}

function opening({ verdict: { conclusion, tier }, policyOnly }: GateAnswer): string {
  if (policyOnly) return "This changes what Remit may do: people decide that, and Remit never merges it.";
  if (conclusion === "failure") return "Remit would not be allowed to propose this.";
  return tier === "propose" ? "This needs a person's review." : `The policy grants changes like this one (${tier}).`;
}

function rollbackLine({ safe, reasons }: Rollback): string {
  const codes = [...new Set(reasons.map(({ code }) => code))].join(", ");
  if (safe === "yes") return "Safe to roll back.";
  return safe === "no" ? `Not safe to roll back: ${codes}.` : "Whether it is safe to roll back isn't known.";
}

function changeTable(changes: readonly DiffChange[]): string {
  const rows = changes.slice(0, rowLimit).map((change) => {
    const place = change.line === undefined ? change.file : `${change.file}:${change.line}`;
    return `| ${targetsOf(change)} | ${what(change)} | ${value(change.from)} | ${value(change.to)} | ${code(place)} |`;
  });
  const left = changes.length - rows.length;
  return [
    "| target | what | from | to | where |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...(left > 0 ? [`\n…and ${left} more changes.`] : []),
  ].join("\n");
}

/** What a controller would apply otherwise. */
function appliedTable(rendered: RenderedEffect): string {
  const words = renderedWords(renderedOf({ rendered })) ?? "";
  if (rendered.kind === "not-rendered") return `${sentence(words)}.`;
  const rows = rendered.effects
    .slice(0, rowLimit)
    .map(
      ({ object, field, from, to, environment }) =>
        `| ${code(environment === undefined ? object : `${environment}: ${object}`)} | ${code(field)} | ${value(from)} | ${value(to)} |`,
    );
  const left = rendered.effects.length - rows.length;
  return [
    `### What is applied\n\n${sentence(words)}.`,
    ...(rows.length === 0 ? [] : [["| object | field | from | to |", "| --- | --- | --- | --- |", ...rows].join("\n")]),
    ...(left > 0 ? [`…and ${left} more values.`] : []),
  ].join("\n\n");
}

function targetsOf({ targets }: DiffChange): string {
  const [first] = targets;
  if (first === undefined) return "unknown";
  return targets.length === 1 ? code(targetName(first)) : `${code(targetName(first))} and ${targets.length - 1} more`;
}

function what({ kind, path, role, object }: DiffChange): string {
  const words = kind.replaceAll("-", " ");
  const place = path.length > 0 ? fieldPath(path) : object;
  const known = role === undefined || role === "other" ? "" : ` (${role})`;
  return place === undefined ? words : `${words}: ${code(place)}${known}`;
}

function value(text: string | undefined): string {
  return text === undefined ? "" : code(text);
}

/** Even code can't hold a bar in a table. */
function code(text: string): string {
  return inlineCode(cleanLine(text.replaceAll("|", "¦"), cellLimit), cellLimit);
}

/** Every operand with the tier that it allows: the lowest decides. */
function operandTable(operands: readonly DiffOperand[]): string {
  const rows = operands.map(
    ({ name, tier, reason }) => `| ${name} | ${tier} | ${tableCell(reason.message)}${reasonCode(reason.code)} |`,
  );
  return ["| looked at | allows | why |", "| --- | --- | --- |", ...rows].join("\n");
}

function reasonCode(code: string): string {
  return code === "within-limits" || code === "grant" ? "" : ` (${code})`;
}
