/** The gate's answer for people at a terminal. */
import type { DiffChange } from "../authority/diff/diff-change.ts";
import { formatPolicyMistake } from "../authority/format-policy-mistake.ts";
import type { PolicyMistake } from "../authority/policy-mistake.ts";
import type { GateAnswer } from "../remediation/gate-revisions.ts";
import { renderedOf } from "../remediation/plan-answer.ts";
import { fieldPath } from "../remediation/prose/field-path.ts";
import { renderedWords } from "../remediation/prose/rendered-words.ts";
import { cleanLine } from "../remediation/prose/untrusted.ts";
import { targetName } from "../target.ts";

const shown = 25;

export function renderGate({ classification, verdict, mistakes, rendered }: GateAnswer): string[] {
  const words = rendered && renderedWords(renderedOf({ rendered }));
  const { changes } = classification;
  const { safe, reasons } = verdict.rollback;
  const codes = [...new Set(reasons.map(({ code }) => code))].join(", ");
  return [
    `${verdict.conclusion === "failure" ? "No" : "Yes"}: ${verdict.title} (tier ${verdict.tier})`,
    "",
    ...(mistakes.length === 0 ? [] : ["The policy would be broken:", ...mistakes.map(mistakeLine), ""]),
    ...(changes.length === 0 ? ["  nothing changes"] : changes.slice(0, shown).map(changeLine)),
    ...(changes.length > shown ? [`  and ${changes.length - shown} more changes`] : []),
    "",
    ...verdict.operands.map(
      ({ name, tier, reason }) => `  ${name.padEnd(8)} ${tier.padEnd(7)} ${reason.code.padEnd(20)} ${reason.message}`,
    ),
    "",
    ...(words === undefined ? [] : [words]),
    `Safe to roll back: ${safe}${codes === "" ? "" : ` (${codes})`}`,
  ];
}

function mistakeLine(mistake: PolicyMistake): string {
  return `  ${cleanLine(formatPolicyMistake(mistake), 500)}`;
}

function changeLine({ kind, file, line, path, object, from, to, targets }: DiffChange): string {
  const [first] = targets;
  const more = targets.length > 1 ? ` and ${targets.length - 1} more` : "";
  const target = first === undefined ? "no known target" : `${targetName(first)}${more}`;
  const place = path.length > 0 ? fieldPath(path) : (object ?? "");
  const values = [from, to].map((value) => (value === undefined ? "" : cleanLine(value, 80)));
  const change = from === undefined && to === undefined ? "" : `: ${values[0]} → ${values[1]}`;
  return `  ${target}: ${kind} ${place}${change} (${file}${line === undefined ? "" : `:${line}`})`;
}
