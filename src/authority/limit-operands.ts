/** How often Remit may act. Counted from git, so no restart forgets it. */
import type { Instant } from "../clock.ts";
import { span } from "../diagnosis/span.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import { type Target, targetName } from "../target.ts";
import type { Limits } from "./authority.ts";
import type { Change } from "./change.ts";
import { attemptsPerIncident } from "./defaults.ts";
import type { PastRemediation } from "./past-remediation.ts";
import { rateOperand } from "./rate-operand.ts";
import type { Operand } from "./verdict.ts";

/** Records of one place, or that they couldn't be counted. */
export type Records = readonly PastRemediation[] | "unreadable";

export interface LimitInput {
  readonly candidate: Change;
  readonly records: Records;
  /** Of every repository of the installation; this one's where there is no other. */
  readonly installation?: Records | undefined;
  readonly incident: Incident | undefined;
  readonly attempts: number;
  readonly kind: "fix" | "undo";
  readonly now: Instant;
}

export function limitOperands(input: LimitInput, limits: Limits): readonly Operand[] {
  const { records, installation = records, now } = input;
  const targets = targetsOf(input.candidate);
  const services = [...new Set(targets.map(({ service }) => service))];
  return [
    ...targets.map((target) => cooldownOperand(input, target, limits)),
    attemptsOperand(input, limits),
    ...targets.map((target) =>
      rateOperand({
        name: "attempts",
        of: "this target",
        records: only(records, ofTarget(target)),
        rates: limits.perTarget,
        now,
      }),
    ),
    ...services.map((service) =>
      rateOperand({
        name: "rate",
        of: "this service",
        records: only(records, ofService(service)),
        rates: limits.perService,
        now,
      }),
    ),
    rateOperand({ name: "rate", of: "this repository", records, rates: limits.perRepository, now }),
    rateOperand({ name: "rate", of: "this installation", records: installation, rates: limits.perInstallation, now }),
  ];
}

export function targetsOf({ target, targets = [target] }: Change): readonly Target[] {
  return targets.length === 0 ? [target] : targets;
}

function cooldownOperand(
  { records, incident, kind, now }: LimitInput,
  target: Target,
  { cooldownMs }: Limits,
): Operand {
  const counted = only(records, ofTarget(target));
  if (counted === "unreadable") return { name: "cooldown", tier: "propose", reason: unreadable };
  // An undo waits for no cooldown of the very fix that it takes back.
  const last = counted
    .filter((record) => kind === "fix" || record.incident !== incident?.id)
    .reduce<Instant | undefined>((newest, { at }) => Math.max(newest ?? at, at), undefined);
  if (last === undefined || now - last >= cooldownMs) {
    return { name: "cooldown", tier: "merge", reason: { code: "within-limits", message: "no cooldown is running" } };
  }
  const message = `the last change of this target was ${span(now - last)} ago, the cooldown is ${span(cooldownMs)}`;
  return { name: "cooldown", tier: "propose", reason: { code: "cooldown", message } };
}

function attemptsOperand({ attempts }: LimitInput, limits: Limits): Operand {
  const most = Math.min(attemptsPerIncident, limits.attempts);
  const message = `this incident has had ${attempts} changes, and ${most} are the most`;
  return attempts >= most
    ? { name: "attempts", tier: "suggest", reason: { code: "attempts-exhausted", message } }
    : { name: "attempts", tier: "merge", reason: { code: "within-limits", message } };
}

function only(records: Records, counts: (record: PastRemediation) => boolean): Records {
  return records === "unreadable" ? records : records.filter(counts);
}

function ofTarget(target: Target) {
  const name = targetName(target);
  return (record: PastRemediation) => record.target === name;
}

/** A name that only begins like the service's counts too: a count that is too high is safe. */
function ofService(service: string) {
  return ({ target }: PastRemediation) => target === service || target.startsWith(`${service}/`);
}

const unreadable: Reason = {
  code: "limits-unreadable",
  message: "the changes of the past couldn't be counted",
};
