/** The front half of the loop: signals become incidents and keys in the work queue. Does no more, so that a repeat changes nothing. */
import { incidentQueue } from "../incidents/incident-queue.ts";
import { incidentSeverity } from "../incidents/incident-severity.ts";
import type { PullSignal, RepositorySignal, Signal, SyncSignal } from "../signals/signal.ts";
import { changeIncident } from "./change-incident.ts";
import { dashboardQueue, formatDashboardTask } from "./dashboard/dashboard-task.ts";
import { forgetDashboard } from "./dashboard/keep-dashboard.ts";
import { formatGateTask, gateQueue } from "./gate-task.ts";
import { forgetOnboarding, onboardingMayGoOn } from "./onboarding/keep-onboarding.ts";
import { onboardingBranch } from "./onboarding/onboarding.ts";
import { formatOnboardingTask, onboardingQueue } from "./onboarding/onboarding-task.ts";
import { receiveAlerts } from "./receive-alerts.ts";
import { receiveDeployment } from "./receive-deployment.ts";
import type { ReconcilerParts } from "./session.ts";
import { formatThreadTask, threadQueue } from "./threads/thread-task.ts";

export type ReceiverParts = Pick<
  ReconcilerParts,
  "store" | "reader" | "clock" | "settings" | "log" | "stopEnvironment" | "maySpeakOf"
> & {
  /** `remit[bot]`: GitHub events that we caused ourselves tell nothing new. */
  readonly ourLogin: () => Promise<string>;
};

/** Answers what came of each signal, for the delivery's record: sentences without text from the payload. */
export async function receiveSignals(parts: ReceiverParts, signals: readonly Signal[]): Promise<readonly string[]> {
  const alerts = signals.filter((signal) => signal.kind === "alert");
  const notes = [...(await receiveAlerts(parts, alerts))];
  for (const signal of signals) {
    if (signal.kind === "sync")
      notes.push(await receiveSync(parts, signal), ...(await receiveDeployment(parts, signal)));
    if (signal.kind === "repository") notes.push(await receiveRepositoryEvent(parts, signal));
    if (signal.kind === "pull") notes.push(await receivePull(parts, signal));
  }
  return [...new Set(notes)];
}

async function receiveSync(parts: ReceiverParts, sync: SyncSignal): Promise<string> {
  await parts.store.syncs.record(sync);
  await lookAgain(parts, sync.repository, parts.clock.now());
  return `recorded a report by ${sync.controller}`;
}

async function receiveRepositoryEvent(parts: ReceiverParts, signal: RepositorySignal): Promise<string> {
  if (signal.switches !== undefined) await lookAtDashboard(parts, signal, signal.switches);
  if (await concernsOnboarding(parts, signal)) {
    await parts.store.queue.add(formatOnboardingTask(signal.repository), parts.clock.now(), onboardingQueue);
  }
  if (signal.comment !== undefined) return receiveComment(parts, signal, signal.comment);
  if (!(await isNews(parts, signal))) return "nothing new";
  if (signal.event === "push") await (await parts.reader(signal.repository)).mirror.fetch();
  await lookAgain(parts, signal.repository, parts.clock.now() + parts.settings.settleMs);
  return "looked again";
}

/** Our own dashboard tells nothing new; a stop tells, whoever opened it. */
async function lookAtDashboard(
  { store, clock, ourLogin }: ReceiverParts,
  { repository, sender }: RepositorySignal,
  label: NonNullable<RepositorySignal["switches"]>,
): Promise<void> {
  if (label === "dashboard" && sender === (await ourLogin())) return;
  await forgetDashboard(store, repository);
  await store.queue.add(formatDashboardTask(repository), clock.now(), dashboardQueue);
}

const installed = new Set(["installation created", "installation_repositories added"]);

/** It was installed here, or what held it back may be over. */
async function concernsOnboarding({ store }: ReceiverParts, signal: RepositorySignal): Promise<boolean> {
  const { repository, event, action, switches } = signal;
  if (switches === "stop") return onboardingMayGoOn(store, repository);
  if (!installed.has(`${event} ${action}`)) return false;
  await forgetOnboarding(store, repository);
  return true;
}

/** Remembered with the incident, so that no crash forgets to look; the comment itself stands on GitHub. */
async function receiveComment(
  parts: ReceiverParts,
  signal: RepositorySignal,
  { on, at }: NonNullable<RepositorySignal["comment"]>,
): Promise<string> {
  const { store, clock } = parts;
  const changed = await changeIncident({
    store,
    clock,
    find: async () =>
      (await store.incidents.open(signal.repository)).find(
        ({ response }) =>
          response.issueNumber === on || response.remediations.some(({ pullNumber }) => pullNumber === on),
      ),
    change: (record) => {
      const { incident } = record;
      const before = incident.comment ?? { at: 0, heardAt: 0 };
      const comment = { at: Math.max(at, before.at), heardAt: Math.max(signal.observedAt, before.heardAt + 1) };
      return { ...record, incident: { ...incident, comment } };
    },
  });
  if (changed !== undefined) return `looked again: incident ${changed}`;
  await store.queue.add(formatThreadTask({ repository: signal.repository, number: on, at }), clock.now(), threadQueue);
  return "queued a comment";
}

/** Remit's own pull requests are gated by their incidents; the one that asks for a policy has none. */
async function receivePull(parts: ReceiverParts, signal: PullSignal): Promise<string> {
  const others = signal.headBranch === onboardingBranch || signal.author !== (await parts.ourLogin());
  const key = others ? formatGateTask(signal) : undefined;
  if (key === undefined) return "nothing to gate";
  await parts.store.queue.add(key, parts.clock.now(), gateQueue);
  return "queued a gate";
}

/** What the reconciler may be waiting for. Everything else would only cost a look at GitHub. */
const awaited: ReadonlyMap<string, readonly string[] | "any"> = new Map<string, readonly string[] | "any">([
  ["push", "any"],
  ["status", "any"],
  ["check_run", ["completed"]],
  ["check_suite", ["completed"]],
  ["pull_request", ["closed", "reopened", "synchronize", "edited"]],
  ["pull_request_review", ["submitted", "edited", "dismissed"]],
  ["issues", ["opened", "closed", "reopened", "labeled", "unlabeled", "assigned"]],
]);

async function isNews(parts: ReceiverParts, signal: RepositorySignal): Promise<boolean> {
  const actions = awaited.get(signal.event);
  if (actions === undefined) return false;
  if (actions !== "any" && !actions.includes(signal.action ?? "")) return false;
  return signal.sender !== (await parts.ourLogin());
}

async function lookAgain(parts: ReceiverParts, repository: string, at: number): Promise<void> {
  for (const { incident } of await parts.store.incidents.open(repository)) {
    await parts.store.queue.add(incident.id, at, incidentQueue(incident), incidentSeverity(incident));
  }
}
