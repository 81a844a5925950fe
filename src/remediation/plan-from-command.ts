/** The plan for what a person asks: resolve the names, do the action on paper, decide. The whole of `remit plan --command`. */

import { asked } from "../actions/asked.ts";
import type { Candidate } from "../actions/candidate.ts";
import { actionNames } from "../actions/catalogue.ts";
import type { Command } from "../actions/commands/command.ts";
import { takeBack } from "../actions/take-back.ts";
import type { Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Suspect } from "../diagnosis/diagnosis.ts";
import { readable } from "../diagnosis/readable.ts";
import { findTargets } from "../gitops/catalogue/find-targets.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Reason } from "../reason.ts";
import { type Target, targetName } from "../target.ts";
import { diagnoseTarget } from "./diagnose-target.ts";
import { gatherEvidence, serviceTarget, type TargetEvidence } from "./evidence.ts";
import { flagTarget } from "./flag-target.ts";
import type { Images } from "./images.ts";
import { judge } from "./judge.ts";
import type { Circumstances, PlanInput } from "./make-plan.ts";
import { breakerMemoryMs, pastRemediations } from "./past-remediations.ts";
import { abstained, type PlanAnswer, planned } from "./plan-answer.ts";
import { basisOf, notedPast } from "./recording/basis.ts";
import { renderCandidate } from "./rendering/render-candidate.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Plan } from "./response.ts";
import { runAction } from "./run-action.ts";
import { defaultSettings } from "./settings.ts";
import { changesOf, targetNamed } from "./standing-leases.ts";
import { stormAt } from "./storm-at.ts";

export interface PlanFromCommandInput {
  readonly reader: RepositoryReader;
  readonly revision: string;
  readonly command: Command;
  readonly now: Instant;
  /** undefined: nobody is asked whether images are still there. */
  readonly images?: Images | undefined;
  /** `decide`, for whoever wants to see what is asked of it. */
  readonly decide?: PlanInput["decide"];
  /** The incident in which it is asked for; undefined: no trouble is known, and nothing else is under way. */
  readonly within?: CommandCircumstances | undefined;
}

/** `incident`: undefined where none is open. */
export type CommandCircumstances = Omit<Circumstances, "incident"> & Partial<Pick<Circumstances, "incident">>;

export async function planFromCommand(input: PlanFromCommandInput): Promise<PlanAnswer> {
  const decided = await decideCommand(input);
  if (decided.outcome === "refused") return abstained(decided.reasons, decided.target, decided.suspects);
  return planned(decided.candidate, decided.verdict, decided.suspects);
}

export type CommandDecision =
  | {
      readonly outcome: "refused";
      readonly reasons: readonly Reason[];
      readonly target?: Target | undefined;
      readonly suspects?: readonly Suspect[] | undefined;
    }
  | {
      readonly outcome: "decided";
      readonly kind: "fix" | "undo";
      readonly candidate: Candidate;
      readonly verdict: Verdict;
      readonly suspects?: readonly Suspect[] | undefined;
    };

/** What an incident's plan is when a person has asked for the change. */
export async function planAsked(input: PlanFromCommandInput): Promise<Plan> {
  const { revision: base, now: at, within } = input;
  const noted = notedPast(within?.elsewhere);
  const decision = await decideCommand({ ...input, within: within && { ...within, elsewhere: noted.past } });
  const { suspects = [] } = decision;
  const kind = decision.outcome === "refused" ? "fix" : decision.kind;
  const basis = basisOf("command", { ...input, ...(within ?? unknownTrouble), kind }, noted);
  if (decision.outcome === "refused")
    return { at, base, suspects, basis, outcome: { kind: "abstain", reasons: decision.reasons } };
  const { candidate, verdict } = decision;
  const takesBack = kind === "undo" ? { takesBack: true as const } : {};
  return { at, base, suspects, basis, outcome: { kind: "change", candidate, verdict, ...takesBack } };
}

const unknownTrouble: CommandCircumstances = {
  attempts: 0,
  stop: undefined,
  storm: { sickServices: 0, changesUnderWay: 0 },
  elsewhere: undefined,
};

/** The exact change that a person asks for, and the verdict on it. */
export async function decideCommand(input: PlanFromCommandInput): Promise<CommandDecision> {
  const { reader, revision, command, images, now } = input;
  const { ask } = command;
  if (ask.action === "undo") return planUndo(input, ask.commit);
  const { action } = ask;
  const named = await namedTargets(reader, revision, command);
  if ("reason" in named) return refused([named.reason]);
  const { targets } = named;
  const target = serviceTarget(targets) ?? targets[0];
  const evidence = await gatherEvidence(reader, { revision, targets, syncs: [], now });
  if (evidence === undefined) {
    const message = `no file of ${targetName(target)} can be read`;
    return refused([{ code: "target-not-found", message }], target);
  }
  const diagnosis = action === "rollback" ? diagnosisNow(input, evidence, target) : undefined;
  const { stoodMs } = defaultSettings;
  const result = await runAction({ reader, revision, action, evidence, diagnosis, command, stoodMs, images, now });
  const suspects = diagnosis?.suspects;
  if (result.outcome === "refused") return { outcome: "refused", reasons: result.reasons, target, suspects };
  return decided(input, "fix", result.candidate, suspects);
}

function refused(reasons: readonly Reason[], target?: Target): CommandDecision {
  return { outcome: "refused", reasons, target };
}

async function decided(
  input: PlanFromCommandInput,
  kind: "fix" | "undo",
  candidate: Candidate,
  suspects?: readonly Suspect[],
): Promise<CommandDecision> {
  const { reasons } = candidate;
  const isSaid = reasons.some(({ code }) => code === asked.code);
  const said = isSaid ? candidate : { ...candidate, reasons: [asked, ...reasons] };
  return { outcome: "decided", kind, candidate: said, verdict: await verdictOn(input, said, kind), suspects };
}

/** Of Remit's own commits only: what others did is a rollback. */
async function planUndo(input: PlanFromCommandInput, name: string): Promise<CommandDecision> {
  const { reader, revision, now } = input;
  const records = await pastRemediations(reader, revision, now, now - breakerMemoryMs);
  if (records === "unreadable")
    return refused([{ code: "limits-unreadable", message: "the changes of the past couldn't be read" }]);
  const [record, ...others] = records.filter(({ commit }) => commit.startsWith(name));
  if (record === undefined || others.length > 0) {
    const message = `${name} is none of Remit's commits of the last 90 days on this branch`;
    return refused([{ code: "not-ours", message }]);
  }
  const action = actionNames.find((known) => known === record.action);
  const target = await targetNamed(reader, revision, record.target);
  if (target === undefined) return refused([{ code: "target-not-found", message: `${record.target} is gone` }]);
  const files = await changesOf(reader, record.commit);
  const current = await reader.texts(
    revision,
    files.map(({ path }) => path),
  );
  const { commit } = record;
  const shared = { target, commit, files, current, reason: asked, whenChanged: "value-drifted" } as const;
  // What an undo did is undone as what it was about.
  const taken = takeBack({ ...shared, action: action ?? "rollback" });
  const result = taken.outcome === "refused" ? taken : await renderCandidate(reader, revision, taken.candidate);
  if (result.outcome === "refused") return refused(result.reasons, target);
  return decided(input, "undo", result.candidate);
}

async function verdictOn(
  { reader, revision, now, decide, within = unknownTrouble }: PlanFromCommandInput,
  candidate: Candidate,
  kind: "fix" | "undo",
): Promise<Verdict> {
  const { verdict } = await judge({
    reader,
    revision,
    decide,
    candidate,
    storm: await stormAt(reader, revision, within.storm),
    incident: within.incident,
    kind,
    attempts: within.attempts,
    stop: within.stop,
    elsewhere: within.elsewhere,
    now,
  });
  return verdict;
}

/** Exactly one, or one service's, or what a person has to add. */
async function namedTargets(
  reader: RepositoryReader,
  revision: Revision,
  command: Command,
): Promise<{ readonly targets: readonly [Target, ...Target[]] } | { readonly reason: Reason }> {
  const { service, environment, namespace, ask } = command;
  if (service === undefined && ask.action !== "flag")
    return { reason: { code: "labels-insufficient", message: "the command names no service" } };
  const found = findTargets(await reader.catalogue(revision), { service, environment, namespace });
  if (found.outcome === "unknown") {
    const hint = found.nearest === undefined ? "" : `; did you mean ${readable(found.nearest)}?`;
    const message = `the repository has no ${found.what} ${readable(found.name)}${hint}`;
    return { reason: { code: "target-not-found", message } };
  }
  if (ask.action === "flag") return flagTarget(reader, revision, found.entries, ask.flag);
  const [{ target }, ...others] = found.entries;
  if (others.length === 0) return { targets: [target] };
  const names = found.entries.slice(0, 8).map((entry) => placeName(entry.target));
  const more = found.entries.length > names.length ? ", …" : "";
  const message = `${found.entries.length} targets have that name (${names.join(", ")}${more}): add --environment or --namespace`;
  return { reason: { code: "target-ambiguous", message } };
}

function placeName(target: Target): string {
  const { namespace } = target;
  return namespace === undefined ? targetName(target) : `${targetName(target)} in namespace ${readable(namespace)}`;
}

/** A person who asks for a rollback says that there is trouble, and that it is there now. */
function diagnosisNow({ reader, now }: PlanFromCommandInput, evidence: TargetEvidence, target: Target) {
  const incident = { id: "command", repository: reader.mirror.repository, target, openedAt: now, alerts: [] };
  return diagnoseTarget(evidence, { incident, suspectWindowMs: defaultSettings.suspectWindowMs, now });
}
