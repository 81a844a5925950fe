/** Level-triggered: re-reads what is true, asks `nextStep`, performs, until there is something to wait for. Safe to run twice. */
import { changesPerRepository } from "../authority/defaults.ts";
import type { Instant } from "../clock.ts";
import { targetName } from "../target.ts";
import { countStorm } from "./count-storm.ts";
import { parseDashboardTask } from "./dashboard/dashboard-task.ts";
import { keepDashboard } from "./dashboard/keep-dashboard.ts";
import { nothingDelivered, readDelivery } from "./delivery.ts";
import type { Hold } from "./hold.ts";
import { isCrowdedOut } from "./is-crowded-out.ts";
import { parseLeaseTask } from "./lease-task.ts";
import { nextStep } from "./next-step.ts";
import { keepOnboarding } from "./onboarding/keep-onboarding.ts";
import { parseOnboardingTask } from "./onboarding/onboarding-task.ts";
import { perform } from "./perform/perform.ts";
import { parseLedgerTask } from "./recording/ledger-task.ts";
import { type ReconcilerParts, SavedElsewhere, Session } from "./session.ts";
import { refreshSightings } from "./sightings.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { tellLease } from "./tell-lease.ts";
import { answerThread } from "./threads/answer-thread.ts";
import { parseThreadTask } from "./threads/thread-task.ts";
import { withOpenPulls } from "./with-open-pulls.ts";

/** No incident needs this many steps without waiting; more means that two steps undo each other. */
const stepLimit = 40;

/** Of an incident's id, a lease to tell of, a dashboard, a ledger, a conversation, or a repository to ask for a policy. Answers when to look again; undefined: when a signal comes. Throws RemitError lease-lost when `hold` ended meanwhile. */
export function createReconciler(parts: ReconcilerParts): (key: string, hold?: Hold) => Promise<Instant | undefined> {
  return async (key, hold) => {
    const task = parseLeaseTask(key);
    if (task !== undefined) return tellLease(parts, task, hold);
    const shown = parseDashboardTask(key);
    if (shown !== undefined) return keepDashboard(parts, shown, hold);
    const asked = parseOnboardingTask(key);
    if (asked !== undefined) return keepOnboarding(parts, asked, hold);
    const recorded = parseLedgerTask(key);
    if (recorded !== undefined) return parts.ledger?.flush(recorded).then(() => undefined);
    const thread = parseThreadTask(key);
    if (thread !== undefined) return answerThread(parts, thread, hold);
    try {
      return await reconcile(parts, key, hold);
    } catch (error) {
      if (error instanceof SavedElsewhere) return parts.clock.now();
      throw error;
    }
  };
}

async function reconcile(
  parts: ReconcilerParts,
  incidentId: string,
  hold: Hold | undefined,
): Promise<Instant | undefined> {
  const record = await parts.store.incidents.get(incidentId);
  if (record === undefined || record.response.closed !== undefined) return undefined;
  const { repository } = record.incident;
  const session = new Session(parts, record, await parts.reader(repository), hold);
  if (hold?.again === true) session.forge.forgetIssue(incidentId);
  await refreshSightings(session);
  for (let count = 0; count < stepLimit; count++) {
    const step = nextStep(await situationOf(session));
    if (step.do === "wait") {
      logWait(session, step);
      return step.until;
    }
    await perform(session, step);
  }
  parts.log.error({ incident: incidentId, steps: stepLimit }, "no end of steps: paused");
  return parts.clock.now() + parts.settings.pollEveryMs;
}

async function situationOf(session: Session): Promise<Situation> {
  const { parts, incident, response, current } = session;
  const now = parts.clock.now();
  const merged = current?.merged !== undefined;
  const syncs = merged ? await session.syncs() : [];
  return {
    now,
    incident,
    response,
    settings: parts.settings,
    autoMerge: parts.autoMerge === true,
    stopEnvironment: parts.stopEnvironment(),
    knownHead: await session.knownHead(),
    view: session.view,
    viewedAt: session.viewedAt,
    placeFree: isCrowdedOut(response.plan) && (await hasPlace(session)),
    assessment: session.assessment,
    permissions: session.permissions,
    images: current && session.images.get(current.candidate.digest),
    delivery:
      merged && current !== undefined
        ? await readDelivery(session.reader, incident.target, current, syncs)
        : nothingDelivered,
  };
}

async function hasPlace(session: Session): Promise<boolean> {
  const storm = withOpenPulls(await countStorm(session), session.view?.openBranches, session.incident.target);
  return storm !== "unreadable" && storm.changesUnderWay < changesPerRepository;
}

function logWait(session: Session, step: Extract<Step, { do: "wait" }>): void {
  const { incident, parts } = session;
  const fields = {
    incident: incident.id,
    target: targetName(incident.target),
    until: step.until,
    code: step.reason?.code,
  };
  parts.log.info(fields, step.reason?.message ?? "nothing to do");
}
