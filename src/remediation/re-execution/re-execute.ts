/** Makes a recorded decision again: from its inputs, and the repository as it was at its base. */
import type { Candidate } from "../../actions/candidate.ts";
import { undo } from "../../actions/undo.ts";
import type { PastRemediation } from "../../authority/past-remediation.ts";
import type { Verdict } from "../../authority/verdict.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { RecordedDecision, RecordedInputs } from "../../ledger/ledger-record.ts";
import type { Reason } from "../../reason.ts";
import type { InstallationPast } from "../installation-past.ts";
import { judge } from "../judge.ts";
import { makePlan } from "../make-plan.ts";
import { planAsked } from "../plan-from-command.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { Plan } from "../response.ts";
import { defaultSettings } from "../settings.ts";
import { stormAt } from "../storm-at.ts";
import { knownReason } from "./known-reason.ts";
import { recordedCommand } from "./recorded-command.ts";
import { recordedIncident } from "./recorded-incident.ts";

export type ReExecuted =
  /** `plan`: where it was planned, and not only judged. */
  | {
      readonly outcome: "change";
      readonly candidate: Candidate;
      readonly verdict: Verdict;
      readonly plan?: Plan;
    }
  | { readonly outcome: "abstain"; readonly reasons: readonly Reason[] }
  /** Not to be made again, and why. */
  | { readonly outcome: "impossible"; readonly why: string };

export interface Earlier {
  /** The change that is judged again, as it was made again before. */
  readonly candidate: Candidate | undefined;
  /** The incident's fix, and what the base branch got of it. */
  readonly fix: { readonly candidate: Candidate; readonly commit: string | undefined } | undefined;
}

/** Throws RemitError git-failed where the clone lacks objects. */
export async function reExecute(
  reader: RepositoryReader,
  decision: RecordedDecision,
  earlier: Earlier,
): Promise<ReExecuted> {
  const { inputs, by, base } = decision;
  const incident = recordedIncident(inputs.incident);
  if (incident === undefined) return impossible("the incident that it was made for can't be read");
  if (by === "alerts") return ofPlan(await fromAlerts(reader, base, incident, inputs));
  if (by === "command") return fromCommand(reader, base, incident, inputs);
  if (by === "merge") {
    const { candidate } = earlier;
    if (candidate === undefined) return impossible("the change that it judges couldn't be made again");
    return judged(reader, base, incident, inputs, candidate);
  }
  return takenBack(reader, base, incident, inputs, earlier.fix);
}

function impossible(why: string): ReExecuted {
  return { outcome: "impossible", why };
}

function fromAlerts(
  reader: RepositoryReader,
  revision: string,
  incident: Incident,
  inputs: RecordedInputs,
): Promise<Plan> {
  const { health, attempts, stop, storm, settings, now } = inputs;
  return makePlan({
    reader,
    revision,
    incident,
    syncs: [],
    health,
    attempts,
    stop: reasonOf(stop),
    storm,
    settings: { ...defaultSettings, ...settings },
    elsewhere: pastOf(inputs),
    now,
  });
}

async function fromCommand(
  reader: RepositoryReader,
  revision: string,
  incident: Incident,
  inputs: RecordedInputs,
): Promise<ReExecuted> {
  const command = recordedCommand(inputs.command);
  if (command === undefined) return impossible("what a person asked for can't be read");
  const { attempts, stop, storm, now } = inputs;
  const within = { incident, attempts, stop: reasonOf(stop), storm, elsewhere: pastOf(inputs) };
  return ofPlan(await planAsked({ reader, revision, command, now, within }));
}

function ofPlan(plan: Plan): ReExecuted {
  const { outcome } = plan;
  if (outcome.kind === "abstain") return { outcome: "abstain", reasons: outcome.reasons };
  const { candidate, verdict } = outcome;
  return { outcome: "change", candidate, verdict, plan };
}

async function takenBack(
  reader: RepositoryReader,
  revision: string,
  incident: Incident,
  inputs: RecordedInputs,
  fix: Earlier["fix"],
): Promise<ReExecuted> {
  if (fix === undefined) return impossible("the fix that it takes back couldn't be made again");
  const paths = fix.candidate.files.map(({ path }) => path);
  const result = undo(fix.candidate, await reader.texts(revision, paths), fix.commit);
  if (result.outcome === "refused") return { outcome: "abstain", reasons: result.reasons };
  return judged(reader, revision, incident, inputs, result.candidate);
}

async function judged(
  reader: RepositoryReader,
  revision: string,
  incident: Incident,
  inputs: RecordedInputs,
  candidate: Candidate,
): Promise<ReExecuted> {
  const { kind, attempts, stop, storm, lastChangeAt, now } = inputs;
  const { verdict } = await judge({
    reader,
    revision,
    candidate,
    incident,
    kind,
    attempts,
    stop: reasonOf(stop),
    storm: await stormAt(reader, revision, storm),
    elsewhere: pastOf(inputs),
    lastChangeAt,
    now,
  });
  return { outcome: "change", candidate, verdict };
}

/** Only times are counted of what was done in other repositories. */
function pastOf({ elsewhere }: RecordedInputs): InstallationPast | undefined {
  if (elsewhere === undefined) return undefined;
  if (elsewhere === "unreadable") return async () => elsewhere;
  const past = elsewhere.map((at): PastRemediation => ({ at, incident: "", target: "" }));
  return async () => past;
}

function reasonOf(recorded: RecordedInputs["stop"]): Reason | undefined {
  if (recorded === undefined) return undefined;
  return knownReason(recorded) ?? { code: "stop-environment", message: recorded.message };
}
