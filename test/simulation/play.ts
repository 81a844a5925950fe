/** Lets a world happen: trouble, mischief, then calm, until everything has come to its end. */
import { stormMinutes } from "./scenario.ts";
import { badVersion } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

const second = 1000;
const minute = 60 * second;
/** Nothing may take longer than this once there is calm: late deliveries come within six hours. */
const calmMinutes = 8 * 60;
/** Longest time between two looks of a worker at the store. */
const pollMs = 60 * second;

export async function play(simulation: Simulation): Promise<void> {
  await simulation.begin();
  const { agenda, time } = simulation;
  const start = time.now();
  const end = start + (stormMinutes + calmMinutes) * minute;
  everySoOften(simulation, 30 * second, "the cluster's turn", () => simulation.cluster.tick());
  schedule(simulation, start);
  let calmAt: number | undefined;
  agenda.note(start + stormMinutes * minute, "calm", async () => {
    calmAt = time.now();
    await calmDown(simulation);
  });
  let worked = { at: 0, wake: 0 };
  while (time.now() < end && simulation.failure === undefined) {
    await simulation.runDue();
    // A worker looks when it is woken, when something is due, and now and then: not each time that the world moves.
    if (simulation.awake || time.now() >= worked.wake || time.now() - worked.at >= pollMs) {
      simulation.awake = false;
      await simulation.work();
      worked = { at: time.now(), wake: await nextDue(simulation) };
    }
    if (calmAt !== undefined && time.now() > calmAt + 30 * minute && (await isQuiet(simulation))) break;
    jumpClock(simulation);
    const next = Math.min(agenda.nextAt ?? end, worked.wake, worked.at + pollMs);
    time.advanceTo(Math.max(time.now() + 1, next));
  }
}

function schedule(simulation: Simulation, start: number): void {
  const { agenda, scenario, people, github, time } = simulation;
  for (const { service, at, cause, lasts } of scenario.troubles) {
    agenda.note(start + at * minute, "trouble", async () => {
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
  github.world.onEvent(({ name, action, payload }) => {
    if (name !== "pull_request" || !["opened", "synchronize"].includes(action ?? "")) return;
    const pull = github.world.pulls.find((one) => one.number === payload.number);
    if (pull === undefined) return;
    const { head } = pull;
    const { otherCheck, reviewMinutes } = scenario;
    if (otherCheck === "green" || otherCheck === "red") {
      const conclusion = otherCheck === "green" ? "success" : "failure";
      agenda.note(
        time.now() + 40 * second,
        "ci",
        async () => void (await github.reportCheck("ci/validate", head, conclusion)),
      );
    }
    if (reviewMinutes === undefined) return;
    agenda.note(time.now() + reviewMinutes * minute, "a review", async () => void (await people.approveWhatWaits()));
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

/** Of the machine that Remit runs on. */
function jumpClock(simulation: Simulation): void {
  const { faults, random } = simulation;
  const jump = faults.strikes("clock: jumps forward") ? 1 : faults.strikes("clock: jumps back") ? -1 : 0;
  if (jump === 0) return;
  simulation.skewMs = simulation.skewMs === 0 ? jump * random.between(1, 10) * minute : 0;
  simulation.say("machine", `its clock is ${simulation.skewMs / minute} minutes off`);
}

async function nextDue(simulation: Simulation): Promise<number> {
  const due = simulation.processes.length === 0 ? undefined : await simulation.store.queue.nextRunAt();
  return due === undefined ? Number.POSITIVE_INFINITY : due - simulation.skewMs;
}

async function isQuiet(simulation: Simulation): Promise<boolean> {
  if (simulation.cluster.firing || simulation.agenda.waits("a delivery arrives")) return false;
  const { pending } = await simulation.store.inbox.counts();
  return pending === 0 && (await simulation.store.incidents.open()).length === 0;
}
