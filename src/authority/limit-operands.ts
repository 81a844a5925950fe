/** How often Remit may act on one target. Counted from git, so no restart forgets it. */
import type { Candidate } from "../actions/candidate.ts";
import type { Instant } from "../clock.ts";
import { span } from "../diagnosis/span.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import { targetName } from "../target.ts";
import type { Grant } from "./authority.ts";
import { attemptsPerIncident } from "./defaults.ts";
import type { PastRemediation } from "./past-remediation.ts";
import type { Operand } from "./verdict.ts";

export interface LimitInput {
  readonly candidate: Candidate;
  readonly records: readonly PastRemediation[] | "unreadable";
  readonly incident: Incident;
  readonly attempts: number;
  readonly kind: "fix" | "undo";
  readonly now: Instant;
}

export function limitOperands(input: LimitInput, limits: Grant["limits"]): readonly Operand[] {
  return [cooldownOperand(input, limits), attemptsOperand(input, limits)];
}

function cooldownOperand(
  { candidate, records, incident, kind, now }: LimitInput,
  { cooldownMs }: Grant["limits"],
): Operand {
  if (records === "unreadable") return { name: "cooldown", tier: "propose", reason: unreadable };
  // An undo waits for no cooldown of the very fix that it takes back.
  const counted = ofTarget(records, candidate).filter((record) => kind === "fix" || record.incident !== incident.id);
  const last = counted.reduce<Instant | undefined>((newest, { at }) => Math.max(newest ?? at, at), undefined);
  if (last === undefined || now - last >= cooldownMs) {
    return { name: "cooldown", tier: "merge", reason: { code: "within-limits", message: "no cooldown is running" } };
  }
  const message = `the last change of this target was ${span(now - last)} ago, the cooldown is ${span(cooldownMs)}`;
  return { name: "cooldown", tier: "propose", reason: { code: "cooldown", message } };
}

function attemptsOperand({ candidate, records, attempts, now }: LimitInput, { perTarget }: Grant["limits"]): Operand {
  if (attempts >= attemptsPerIncident) {
    const message = `this incident has had ${attempts} changes, and ${attemptsPerIncident} are the most`;
    return { name: "attempts", tier: "suggest", reason: { code: "attempts-exhausted", message } };
  }
  if (records === "unreadable") return { name: "attempts", tier: "propose", reason: unreadable };
  // A record from the future (clocks differ) counts as one of now.
  const count = ofTarget(records, candidate).filter(({ at }) => at > now - perTarget.windowMs).length;
  const message = `${count} of ${perTarget.count} changes of this target in ${span(perTarget.windowMs)}`;
  return count >= perTarget.count
    ? { name: "attempts", tier: "propose", reason: { code: "attempts-exhausted", message } }
    : { name: "attempts", tier: "merge", reason: { code: "within-limits", message } };
}

function ofTarget(records: readonly PastRemediation[], { target }: Candidate): readonly PastRemediation[] {
  const name = targetName(target);
  return records.filter((record) => record.target === name);
}

const unreadable: Reason = {
  code: "limits-unreadable",
  message: "the changes of the past couldn't be counted",
};
