/** What a case begins with, read from its file, and the plan that Remit makes for it. */
import type { Command } from "../actions/commands/command.ts";
import { parseCommand } from "../actions/commands/parse-command.ts";
import type { RunbookTestCase } from "../authority/runbooks/runbook-test.ts";
import type { Incident } from "../incidents/incident.ts";
import { alertOfDeployment } from "../remediation/alert-of-deployment.ts";
import { incidentFromAlerts } from "../remediation/incident-from-alerts.ts";
import { abstained, type PlanAnswer } from "../remediation/plan-answer.ts";
import { type PlanFromAlertsInput, planFromAlerts } from "../remediation/plan-from-alerts.ts";
import { planFromCommand } from "../remediation/plan-from-command.ts";
import { policyDirectory } from "../remediation/policy-paths.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";
import { alertmanager } from "../signals/alertmanager.ts";
import { githubSignals } from "../signals/github-events.ts";
import type { SyncSignal } from "../signals/signal.ts";
import { FixtureError } from "./fixture-error.ts";
import type { Workshop } from "./workshop.ts";

export type CaseTrigger = (world: TriggerWorld) => Promise<Triggered>;

export type TriggerWorld = Omit<PlanFromAlertsInput, "signals">;

export interface Triggered {
  readonly answer: PlanAnswer;
  /** undefined for a command, and where none is opened. */
  readonly incident: Incident | undefined;
}

export interface TriggerInput {
  readonly workshop: Workshop;
  /** Where the case's paths begin. */
  readonly base: string;
  readonly given: RunbookTestCase["given"];
}

/** Throws FixtureError for what the person who wrote the case has to mend; so does what it answers. */
export async function caseTrigger({ workshop, base, given }: TriggerInput): Promise<CaseTrigger> {
  if (given.command !== undefined) {
    const command = readCommand(given.command);
    return async (world) => ({ answer: await planFromCommand({ ...world, command }), incident: undefined });
  }
  if (given.deployment !== undefined) {
    const body = await readJson(workshop, "deployment", `${base}/${given.deployment}`);
    return (world) => planForDeployment(world, body);
  }
  const body = await readJson(workshop, "alert", `${base}/${given.alert}`);
  return (world) => {
    const { repository } = world.reader.mirror;
    const signals = alertmanager.parse(body, { source: "test", repository, observedAt: world.now });
    return planForSignals({ ...world, signals });
  };
}

function readCommand(line: string): Command {
  const parsed = parseCommand(line);
  if (parsed.outcome === "command") return parsed.command;
  const { message, usage } = parsed.mistake;
  throw new FixtureError(`command: ${message}\n${usage}`);
}

async function readJson(workshop: Workshop, key: string, path: string): Promise<unknown> {
  const text = await workshop.text(path);
  if (text === undefined) throw new FixtureError(`${key}: there is no file ${path}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new FixtureError(`${key}: ${path} isn't JSON`);
  }
}

async function planForSignals(input: PlanFromAlertsInput): Promise<Triggered> {
  const found = await incidentFromAlerts(input.reader, input.revision, input.signals);
  return { answer: await planFromAlerts(input), incident: "incident" in found ? found.incident : undefined };
}

/** GitHub says once that a deployment failed, and at once: that is when it was last heard of. */
async function planForDeployment(world: TriggerWorld, body: unknown): Promise<Triggered> {
  const { reader, revision, now } = world;
  const [told] = githubSignals("deployment_status", body, now);
  const state = told?.kind === "sync" ? told.deployment?.state : undefined;
  if (told?.kind !== "sync" || told.deployment === undefined || state === undefined || state === "success")
    throw new FixtureError("deployment: it tells of none that ended in failure or error, and when");
  const { createdAt } = told.deployment;
  if (createdAt > now) throw new FixtureError("deployment: it failed after `at`");
  const { repository } = reader.mirror;
  const sync: SyncSignal = {
    ...told,
    repository,
    revision: await deployedCommit(reader, revision, told.revision),
    observedAt: createdAt,
  };
  const found = await alertOfDeployment({ reader, head: revision, sync, state, createdAt });
  if ("reason" in found) return { answer: abstained([found.reason]), incident: undefined };
  return planForSignals({ ...world, signals: [found.alert] });
}

/** Commits of a history that is told have no ids that its author could know. */
async function deployedCommit({ mirror }: RepositoryReader, head: string, id: string): Promise<string> {
  if (/[^0]/.test(id)) {
    if (await mirror.has(id)) return id;
    throw new FixtureError(`deployment: the repository has no commit ${id}; forty zeros stand for its newest one`);
  }
  // Neither the policy that is tested nor what Remit itself did, which is told without files.
  const commits = await mirror.log(head, { limit: 100 });
  const deployed = commits.find(({ files }) => files.some(({ path }) => !path.startsWith(`${policyDirectory}/`)));
  return deployed?.id ?? head;
}
