/**
 * I9: once there is calm, every incident is closed, or a person was called to it while its alert fires; and everything that was
 * accepted was worked off. What Remit never spoke of, because it has nothing to say, ends with its alert.
 */
import type { Invariant } from "./invariant.ts";

const poisonous = "Remit ended while it handled this";

export const comesToAnEnd: Invariant = (simulation) => async () => {
  const { store, people, faults, cluster, time } = simulation;
  const open = await store.incidents.open();
  for (const { incident, response } of open) {
    const toldOf = response.issueNumber !== undefined || response.remediations.length > 0;
    const waits = toldOf && response.escalated === undefined && time.now() - incident.openedAt > boundMs;
    if (cluster.isFiring(incident.target.service) && !waits) continue;
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
  // Where nothing held it up, an incident that Remit acted on was closed or handed to a person in good time.
  const heldUp = [...people.done].some((act) => /stop|archives/.test(act)) || faults.struck.length > 0;
  if (heldUp) return;
  for (const { incident, response } of await store.incidents.list(100)) {
    const end = response.escalated?.at ?? response.closed?.at ?? time.now();
    const begun = response.remediations[0]?.decidedAt ?? (response.issueNumber && incident.openedAt);
    if (begun === undefined || end - begun < boundMs) continue;
    simulation.fail("I9", `${incident.id}: nobody was called for ${Math.round((end - begun) / 60_000)} min`);
  }
};

/** Checks, a review, delivery and verification, one after the other. */
const boundMs = (30 + 45 + 30 + 15 + 15) * 60_000;
