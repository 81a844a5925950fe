/** Is a decision that was made again the one that is recorded? */
import { minimumTier } from "../authority/minimum-tier.ts";
import type { Tier } from "../authority/verdict.ts";
import type { RecordedChange, RecordedDecision, RecordedInputs } from "../ledger/ledger-record.ts";
import type { ReExecuted } from "../remediation/re-execution/re-execute.ts";

export type Comparison =
  | { readonly outcome: "same" }
  | { readonly outcome: "different"; readonly what: string }
  /** It may rest on what nobody can ask for again. */
  | { readonly outcome: "unknown"; readonly why: string };

export interface RecordedOutcome {
  readonly decision: RecordedDecision;
  readonly change: RecordedChange | undefined;
  /** Where the merge is judged: what the plan had decided, which the merge may only lower. */
  readonly planned: Tier | undefined;
}

/** What was asked beside the repository could only lower the tier, or leave a change out: those operands are taken as recorded. */
export function compareDecisions(
  recorded: RecordedOutcome,
  again: Exclude<ReExecuted, { outcome: "impossible" }>,
): Comparison {
  const what = differs(recorded, again);
  if (what === undefined) return { outcome: "same" };
  const { inputs, policy } = recorded.decision;
  if (policy.digest === "unsigned")
    return { outcome: "unknown", why: "it rests on signatures, which the deployment's configuration judges" };
  // Whoever renders, or asks for images, may have left a candidate out.
  const isCandidate = again.outcome === "abstain" || again.candidate.digest !== recorded.change?.candidate;
  const beside = inputs.outside.filter((name) => name !== "model");
  if (isCandidate && beside.length > 0) return { outcome: "unknown", why: `it may rest on what ${said(beside)} said` };
  if (JSON.stringify(inputs).includes("[redacted]"))
    return { outcome: "unknown", why: "parts of its inputs were redacted" };
  return { outcome: "different", what };
}

function differs(
  { decision, change, planned }: RecordedOutcome,
  again: Exclude<ReExecuted, { outcome: "impossible" }>,
): string | undefined {
  if (again.outcome === "abstain") {
    const codes = again.reasons.map(({ code }) => code).join(", ");
    if (decision.tier !== undefined) return `made again, nothing is changed (${codes})`;
    const recorded = decision.reasons.map(({ code }) => code).join(", ");
    return codes === recorded ? undefined : `made again, it abstains for ${codes}, and not for ${recorded}`;
  }
  const { candidate } = again;
  if (change === undefined) return `made again, it changes something (candidate ${candidate.digest})`;
  if (candidate.digest !== change.candidate)
    return `made again, its candidate is ${candidate.digest}, and not ${change.candidate}`;
  const isAsked = asked(decision.inputs);
  const own = again.verdict.operands.filter(isAsked);
  const [now, then] = [own, decision.operands.filter(isAsked)].map((operands) =>
    operands.map(({ name, tier }) => `${name} ${tier}`),
  );
  const at = now?.findIndex((operand, index) => operand !== then?.[index]) ?? -1;
  if (now !== undefined && then !== undefined && (at >= 0 || now.length !== then.length)) {
    const place = at >= 0 ? at : now.length;
    return `made again, it says ${now[place] ?? "nothing more"} where ${then[place] ?? "nothing"} is recorded`;
  }
  const beside = decision.operands.filter((operand) => !isAsked(operand));
  const tier = minimumTier([...own, ...beside].map((operand) => operand.tier).concat(planned ?? []));
  return tier === decision.tier ? undefined : `made again, its tier is ${tier}, and not ${decision.tier ?? "none"}`;
}

/** Could it be asked for again? */
function asked({ outside }: RecordedInputs): (operand: { readonly name: string }) => boolean {
  const left = new Set(outside.flatMap((name) => operandsOf[name]));
  return ({ name }) => !left.has(name);
}

const operandsOf: Readonly<Record<RecordedInputs["outside"][number], readonly string[]>> = {
  images: ["risk"],
  rendering: ["render", "risk"],
  model: ["model"],
};

function said(beside: readonly string[]): string {
  const names = beside.map((name) => (name === "images" ? "registries" : "a renderer"));
  return names.join(" and ");
}
