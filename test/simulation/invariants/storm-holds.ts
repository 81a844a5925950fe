/** P3: while three services or more are sick, as far as Remit was told, nothing is merged without a person. */
import { isFiring } from "../../../src/incidents/alert-state.ts";
import type { Invariant } from "./invariant.ts";

const fewest = 3;
const windowMs = 10 * 60_000;

interface Sick {
  readonly service: string;
  readonly since: number;
}

export const stormHolds: Invariant = (simulation) => {
  const { watch, time } = simulation;
  /** What the store knows: by incident, open and with a firing alert. */
  const sick = new Map<string, Sick>();
  /** When each service's alert was last heard to fire. */
  const heard = new Map<string, number>();
  let generation = 0;
  const afresh = () => {
    if (generation === simulation.emptied) return;
    generation = simulation.emptied;
    sick.clear();
    heard.clear();
  };
  simulation.onAccepted(({ path, body }) => {
    afresh();
    if (path !== "/hooks/alertmanager/alertmanager") return;
    for (const { status, labels } of JSON.parse(body).alerts) {
      if (status === "firing") heard.set(labels.service, time.now());
    }
  });
  simulation.onSaved((_process, { incident, response }) => {
    afresh();
    if (response.closed !== undefined || !isFiring(incident)) sick.delete(incident.id);
    else if (!sick.has(incident.id)) sick.set(incident.id, { service: incident.target.service, since: time.now() });
  });
  watch.onAsked(({ merged }) => {
    afresh();
    if (merged === undefined || merged.approved) return;
    const lookedAt = merged.look?.at ?? 0;
    // A wrong clock notes wrong times.
    const recent = lookedAt - windowMs + simulation.mostSkewMs + 1000;
    const known = [...sick.values()].filter(({ since }) => since < lookedAt).map(({ service }) => service);
    const counted = new Set(known.filter((service) => (heard.get(service) ?? 0) > recent));
    if (counted.size < fewest) return;
    simulation.fail("P3", `#${merged.pull.number} is merged while ${[...counted].join(", ")} are sick`);
  });
  return undefined;
};
