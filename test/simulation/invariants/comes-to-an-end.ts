/**
 * I9: once there is calm, every incident is closed, or a person was called to it while its alert fires; and everything that was
 * accepted was worked off. What Remit never spoke of, because it has nothing to say, ends with its alert.
 */
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Response } from "../../../src/remediation/response.ts";
import type { Simulation } from "../simulation.ts";
import type { Invariant } from "./invariant.ts";

const poisonous = "Remit ended while it handled this";

/** In the world's time: Remit's own may be wrong. */
interface Course {
  readonly id: string;
  readonly opened: number;
  /** How many faults had struck by then, and how often the store had been lost. */
  readonly struck: number;
  readonly emptied: number;
  /** It was decided whether there is anything to do. */
  judged?: number;
  /** Something was begun, or people were told. */
  begun?: number;
  /** It was closed, or a person was called. */
  answered?: number;
}

export const comesToAnEnd: Invariant = (simulation) => {
  const { faults } = simulation;
  const courses = new Map<string, Course>();
  simulation.onSaved((_process, { incident: { id }, response }) => {
    const now = simulation.time.now();
    const { emptied } = simulation;
    const key = `${emptied} ${id}`;
    const course = courses.get(key) ?? { id, opened: now, struck: faults.struck.length, emptied };
    courses.set(key, course);
    if (response.plan !== undefined) course.judged ??= now;
    if (response.remediations.length > 0 || response.issueNumber !== undefined) course.begun ??= now;
    if (isAnswered(response)) course.answered ??= now;
  });
  return async () => {
    await everythingEnds(simulation);
    // Where nothing held it up, an incident that Remit acted on was closed or handed to a person in good time.
    const heldUp = [...simulation.people.done].some((act) => /stop|archives|ticks/.test(act));
    if (heldUp) return;
    const end = simulation.time.now();
    for (const course of courses.values()) {
      const { id, opened, struck, emptied, begun, answered = end, judged = end } = course;
      if (struck < faults.struck.length || emptied < simulation.emptied) continue;
      const took = Math.max(Math.min(judged, answered) - opened, answered - (begun ?? answered));
      if (took < boundMs) continue;
      simulation.fail("I9", `${id}: nobody was called for ${Math.round(took / 60_000)} min`);
    }
  };
};

/** Checks, a review, delivery and verification, one after the other. */
const boundMs = (30 + 45 + 30 + 15 + 15) * 60_000;

function isAnswered({ closed, escalated, clock }: Response): boolean {
  return closed !== undefined || escalated !== undefined || clock?.calledAt !== undefined;
}

/** Its time is over, and it is in force: no source but Remit itself says so. */
export function isStandingLease({ alerts }: Pick<Incident, "alerts">): boolean {
  return alerts.some(({ source, status }) => source === "remit" && status === "firing");
}

async function everythingEnds(simulation: Simulation): Promise<void> {
  const { store, cluster, time } = simulation;
  for (const { incident, response } of await store.incidents.open()) {
    const toldOf = response.issueNumber !== undefined || response.remediations.length > 0;
    const waits = toldOf && response.escalated === undefined && time.now() - incident.openedAt > boundMs;
    if ((cluster.isFiring(incident.target.service) || isStandingLease(incident)) && !waits) continue;
    const last = response.timeline.at(-1);
    simulation.fail("I9", `${incident.id} is still open; the last that was done: ${last?.message}`);
  }
  const { pending, parked } = await store.inbox.counts();
  if (pending > 0) simulation.fail("I9", `${pending} deliveries were accepted and not worked off`);
  if (parked > 0) {
    // One that ends the process each time is set aside: with so many crashes it may look like that.
    const given = (await store.inbox.list({ state: "parked" })).filter(({ error }) => error !== poisonous);
    if (given[0] !== undefined) simulation.fail("I9", `${given.length} deliveries were given up: ${given[0].error}`);
  }
}
