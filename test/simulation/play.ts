/** Lets a world happen: trouble, mischief, then calm, until everything has come to its end. */
import { isAilment } from "./ailments.ts";
import { isStandingLease } from "./invariants/comes-to-an-end.ts";
import { jumpClock } from "./jump-clock.ts";
import { leasesOf } from "./leases.ts";
import { checkMs, letGitHubMerge } from "./merging-github.ts";
import { badVersion } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

const second = 1000;
const minute = 60 * second;
/** Nothing may take longer than this once there is calm: late deliveries come within six hours. */
const calmMinutes = 8 * 60;
/** Longest time between two looks of a worker at the store, while a delivery waits there to be tried again. */
const pollMs = 60 * second;

export async function play(simulation: Simulation): Promise<void> {
  await simulation.begin();
  const { agenda, time, scenario } = simulation;
  const start = time.now();
  const end = start + (scenario.calmAfter + calmMinutes) * minute;
  everySoOften(simulation, 30 * second, "the cluster's turn", () => simulation.cluster.tick());
  schedule(simulation, start);
  let calmAt: number | undefined;
  agenda.note(start + scenario.calmAfter * minute, "calm", async () => {
    calmAt = time.now();
    await calmDown(simulation);
  });
  let wake = 0;
  while (time.now() < end && simulation.failure === undefined) {
    await simulation.runDue();
    // A worker looks when it is woken and when something is due, not each time that the world moves.
    if (simulation.awake || time.now() >= wake) {
      simulation.awake = false;
      await simulation.work();
      wake = await nextDue(simulation);
    }
    if (calmAt !== undefined && time.now() > calmAt + 30 * minute && (await isQuiet(simulation))) break;
    jumpClock(simulation);
    const next = Math.min(agenda.nextAt ?? end, wake);
    time.advanceTo(Math.max(time.now() + 1, next));
  }
}

function schedule(simulation: Simulation, start: number): void {
  const { agenda, scenario, people, github, time } = simulation;
  for (const { service, at, cause, lasts } of scenario.troubles) {
    agenda.note(start + at * minute, "trouble", async () => {
      if (isAilment(cause)) {
        simulation.cluster.ail(service, cause, time.now() + lasts * minute);
        await people.bringAbout(service, cause);
        return simulation.say("world", `${service}: ${cause}`);
      }
      if (cause !== "bad release") simulation.cluster.outage(service, time.now() + lasts * minute);
      if (cause === "outage") return simulation.say("world", `${service} has an outage`);
      if (cause === "bad release") simulation.cluster.spoil(service, badVersion);
      await people.release(service, badVersion);
      simulation.say("world", `${service} ${badVersion} is released: ${cause}`);
    });
  }
  for (const act of scenario.acts) {
    if ("minute" in act.when) agenda.note(start + act.when.minute * minute, act.kind, () => people.perform(act));
  }
  const gate = scenario.requireGate ? ["remit/gate"] : [];
  github.world.rules.requiredChecks = scenario.otherCheck === "none" ? gate : [...gate, "ci/validate"];
  letGitHubMerge(simulation);
  github.world.onEvent(({ name, action, payload }) => {
    if (name !== "pull_request" || !["opened", "synchronize"].includes(action ?? "")) return;
    const pull = github.world.pulls.find((one) => one.number === payload.number);
    if (pull === undefined) return;
    const { head } = pull;
    const { otherCheck, reviewMinutes } = scenario;
    if (otherCheck === "green" || otherCheck === "red") {
      const conclusion = otherCheck === "green" ? "success" : "failure";
      agenda.note(
        time.now() + checkMs(simulation),
        "ci",
        async () => void (await github.reportCheck("ci/validate", head, conclusion)),
      );
    }
    if (reviewMinutes === undefined) return;
    agenda.note(time.now() + reviewMinutes * minute, "a review", () => people.approveWhatWaits());
  });
}

async function calmDown(simulation: Simulation): Promise<void> {
  simulation.say("world", "calm");
  simulation.faults.calm = true;
  simulation.skewMs = 0;
  simulation.stopEnvironment = false;
  simulation.cluster.heal();
  await simulation.people.tidyUp();
  everySoOften(simulation, 20 * minute, "the ends are told", () => simulation.cluster.tellEnds());
}

function everySoOften(simulation: Simulation, ms: number, what: string, act: () => Promise<void>): void {
  const { agenda, time } = simulation;
  const again = async () => {
    agenda.note(time.now() + ms, what, again);
    await act();
  };
  agenda.note(time.now() + ms, what, again);
}

async function nextDue({ processes, store, skewMs, time }: Simulation): Promise<number> {
  if (processes.length === 0) return Number.POSITIVE_INFINITY;
  const due = await store.queue.nextRunAt();
  const [waiting] = await store.inbox.list({ state: "pending", limit: 1 });
  return Math.min(
    due === undefined ? Number.POSITIVE_INFINITY : due - skewMs,
    waiting === undefined ? Number.POSITIVE_INFINITY : time.now() + pollMs,
  );
}

/** What Remit did for a time only has ended, or will be seen not to. */
function leasesAreOver({ github, ailments, time }: Simulation): boolean {
  if (ailments.size === 0) return true;
  return leasesOf(github, ailments, github.mainHead).every(({ expiresAt }) => time.now() > expiresAt + 30 * minute);
}

async function isQuiet(simulation: Simulation): Promise<boolean> {
  if (!leasesAreOver(simulation)) return false;
  if (simulation.cluster.firing || simulation.agenda.waits("a delivery arrives")) return false;
  const { pending } = await simulation.store.inbox.counts();
  const open = await simulation.store.incidents.open();
  // What a person was called to end stays open until somebody does.
  return pending === 0 && open.every(({ incident, response }) => isStandingLease(incident) && response.escalated);
}
