import { changesPerRepository } from "../../authority/defaults.ts";
import { minimumTier } from "../../authority/minimum-tier.ts";
import { tierIfEnforced } from "../../authority/tier-if-enforced.ts";
import type { Instant } from "../../clock.ts";
import { digest } from "../../digest.ts";
import { isFiring } from "../../incidents/alert-state.ts";
import { incidentQueue } from "../../incidents/incident-queue.ts";
import type { RemediationRecord } from "../../ledger/remediation-record.ts";
import type { Reason } from "../../reason.ts";
import { branchName } from "../branch-name.ts";
import type { Request } from "../comments/asked.ts";
import { opinionOperand } from "../counsel.ts";
import { countStorm } from "../count-storm.ts";
import { earlierChanges } from "../earlier-changes.ts";
import type { RepositoryView } from "../forge.ts";
import { type Circumstances, makePlan } from "../make-plan.ts";
import { newRemediation } from "../new-remediation.ts";
import { breakerMemoryMs, pastRemediations } from "../past-remediations.ts";
import { planAsked } from "../plan-from-command.ts";
import type { Plan, Remediation } from "../response.ts";
import type { Session } from "../session.ts";
import { shadowOf } from "../shadow/shadow-of.ts";
import { visibleStop } from "../visible-stop.ts";
import { hasOpenPull, pullsOfOthers, withOpenPulls } from "../with-open-pulls.ts";
import { freshView } from "./need-view.ts";

/** Decides what to do, and begins it: the intent is durable before anything is written to GitHub. */
export async function plan(session: Session): Promise<void> {
  const view = freshView(session);
  const { response } = session;
  const decided = (await planRequest(session, view)) ?? (await planIncident(session, view));
  const made = await withEarlier(session, decided);
  const told = sameDecision(made, response.plan) && response.toldAt !== undefined ? made.at : response.toldAt;
  const event = sameDecision(made, response.plan) ? undefined : "planned";
  await keepPlan(session, view, made, { toldAt: told, event, message: describe(made) });
}

async function planIncident(session: Session, view: RepositoryView): Promise<Plan> {
  const { parts } = session;
  const decided = await makePlan({
    reader: session.reader,
    revision: view.head,
    ...(await circumstances(session, view)),
    syncs: await session.syncs(),
    settings: parts.settings,
    images: parts.images,
    now: session.now(),
  });
  const made = await counselled(session, decided);
  await keepShadow(session, made);
  return made;
}

/** What it would do where it may not is compared with what people do. The first that an incident comes to is what counts. */
async function keepShadow({ incident, parts }: Session, made: Plan): Promise<void> {
  const shadow = shadowOf(incident, made);
  if (shadow !== undefined) await parts.store.shadows.add(shadow);
}

/** What a person asked for, where they did. undefined where it can't be done and something fires: then that is what counts. */
async function planRequest(session: Session, view: RepositoryView): Promise<Plan | undefined> {
  const { incident, response, parts } = session;
  const { request } = response.asked ?? {};
  if (request === undefined) return undefined;
  const now = session.now();
  const beside = await parts.store.incidents.openOf(incidentQueue(incident));
  const isBeside = beside.some((other) => other.incident.id !== incident.id);
  if (isBeside || hasOpenPull(view.openBranches, incident.target))
    return { at: now, base: view.head, suspects: [], outcome: { kind: "abstain", reasons: [alreadyAtWork] } };
  const within = await circumstances(session, view);
  const { reader } = session;
  const { command } = request;
  const asked = await planAsked({ reader, revision: view.head, command, images: parts.images, now, within });
  return isFiring(incident) && !mayWrite(asked) ? undefined : { ...asked, ...withAsker(asked, request) };
}

/** Who asked is no part of the decision, and is remembered with it. */
function withAsker({ basis }: Plan, { by, at, on }: Request): Pick<Plan, "basis"> {
  return basis === undefined ? {} : { basis: { ...basis, inputs: { ...basis.inputs, asked: { by, at, on } } } };
}

const alreadyAtWork: Reason = {
  code: "other-trouble",
  message: "Remit is at work on this target already, and the change can be asked for there",
};

/** For people, who ask what helped the last time. */
async function withEarlier(session: Session, made: Plan): Promise<Plan> {
  const records = await pastRemediations(session.reader, made.base, made.at, made.at - breakerMemoryMs);
  if (records === "unreadable") return made;
  const { id, target } = session.incident;
  const earlier = earlierChanges(records, target, id);
  return earlier.length === 0 ? made : { ...made, earlier };
}

/** What a decision depends on beside the change: who else is sick or at work, and what keeps Remit from acting. */
export async function circumstances(session: Session, view: RepositoryView): Promise<Circumstances> {
  const { incident, response, parts } = session;
  return {
    incident,
    attempts: response.remediations.length,
    stop: visibleStop(view, parts.stopEnvironment()),
    storm: withOpenPulls(await countStorm(session), view.openBranches, incident.target),
    elsewhere: parts.elsewhere,
  };
}

interface Telling {
  readonly toldAt: Instant | undefined;
  readonly event: string | undefined;
  readonly message: string;
}

/** Saves a plan with what it begins. */
export async function keepPlan(
  session: Session,
  view: RepositoryView,
  made: Plan,
  { toldAt, event, message }: Telling,
): Promise<void> {
  const begun = mayWrite(made) ? [await begin(session, made, view.defaultBranch)] : [];
  // The look that the plan rests on didn't know the branch. Where somebody closed its pull request, it is looked at by name.
  if (begun.some(({ branch }) => view.rejectedBranches?.includes(branch))) session.view = undefined;
  const remediations = [...session.response.remediations, ...begun];
  // Others may have begun since they were counted: then this save is refused, and the next look counts them.
  const open = pullsOfOthers(view.openBranches, session.incident.target);
  const guard = begun.length === 0 ? {} : { place: { changesPerRepository, open } };
  // The same decision at another head is no news for people, and an intent of its own where it begins a change.
  const recordAs = begun.length === 0 ? event : "planned";
  await session.save({ plan: made, toldAt, remediations }, event, message, {
    guard,
    ...(recordAs === undefined ? {} : { recordAs }),
  });
}

/** The adviser is one operand among others: it can lower the tier, and nothing else. */
async function counselled(session: Session, made: Plan): Promise<Plan> {
  const { counsel } = session.parts;
  if (counsel === undefined || made.outcome.kind !== "change") return made;
  const { candidate, verdict } = made.outcome;
  const { incident } = session;
  const opinion = await counsel.opinion({ incident, candidates: [candidate], suspects: made.suspects });
  const operand = opinionOperand(opinion, 0);
  if (operand === undefined) return { ...made, opinion };
  const tier = minimumTier([verdict.tier, operand.tier]);
  const lowered = { ...verdict, tier, operands: [...verdict.operands, operand] };
  return { ...made, opinion, outcome: { ...made.outcome, verdict: lowered } };
}

function mayWrite(made: Plan): made is Plan & { readonly outcome: Extract<Plan["outcome"], { kind: "change" }> } {
  if (made.outcome.kind !== "change") return false;
  const { tier } = made.outcome.verdict;
  return tier === "propose" || tier === "delay" || tier === "merge";
}

async function begin(
  session: Session,
  made: Plan & { readonly outcome: Extract<Plan["outcome"], { kind: "change" }> },
  baseBranch: string,
): Promise<Remediation> {
  const { candidate, verdict, takesBack } = made.outcome;
  const kind = takesBack === true ? "undo" : "fix";
  const records = await pastRemediations(session.reader, made.base, made.at, undefined);
  return newRemediation({
    kind,
    candidate,
    verdict,
    base: made.base,
    baseBranch,
    branch: branchName({
      action: kind === "undo" ? kind : candidate.action,
      target: candidate.target,
      // A lease ends once, whatever came beside it since.
      digest: kind === "undo" ? digest(["lease", candidate.suspect]) : identity(candidate.digest, records),
    }),
    decidedAt: made.at,
  });
}

/**
 * The same plan has the same branch, so a pull request that a person closed stays closed. Only after it was merged
 * may the same change be needed again: then it is the second, the third … of its kind.
 */
export function identity(candidate: string, records: readonly RemediationRecord[] | "unreadable"): string {
  const before = records === "unreadable" ? [] : records.filter((record) => record.candidate === candidate);
  return before.length === 0 ? candidate : digest({ candidate, after: before.map((record) => record.commit).sort() });
}

function sameDecision(a: Plan, b: Plan | undefined): boolean {
  return b !== undefined && summary(a) === summary(b);
}

function summary({ outcome }: Plan): string {
  if (outcome.kind === "abstain") return digest(outcome.reasons.map((reason) => reason.code));
  return digest([outcome.candidate.digest, outcome.verdict.tier]);
}

function describe({ outcome }: Plan): string {
  if (outcome.kind === "abstain") return `abstained: ${outcome.reasons[0]?.message ?? "no reason"}`;
  const { candidate, verdict } = outcome;
  const enforced = tierIfEnforced(verdict);
  // What a mode keeps back is nowhere but here.
  const trial = enforced === undefined ? "" : ` (${enforced} if its grants were enforced)`;
  return `decided to ${candidate.title}, tier ${verdict.tier}${trial}`;
}
