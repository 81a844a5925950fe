/**
 * P5: what is said to be the same as what Remit would have done was a person's commit on main after Remit planned, with the very
 * values; and nobody is said to have answered what Remit did itself.
 */
import { parseAllDocuments } from "yaml";
import type { Shadow } from "../../../src/remediation/shadow/shadow.ts";
import type { Simulation } from "../simulation.ts";
import { isOurs } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

export const shadowsAreTrue: Invariant = (simulation) => {
  const acted = new Set<string>();
  simulation.onSaved((_process, { incident, response }) => {
    if (response.remediations.length > 0) acted.add(incident.id);
  });
  return async () => {
    for (const shadow of await simulation.store.shadows.list(1_000)) checkShadow(simulation, shadow, acted);
  };
};

function checkShadow(simulation: Simulation, shadow: Shadow, acted: ReadonlySet<string>): void {
  const { github } = simulation;
  const { incident, comparison, base, effects, settledAt } = shadow;
  const say = (what: string) => simulation.fail("P5", `the shadow of ${incident} ${what}`);
  if (settledAt === undefined && acted.has(incident)) return;
  const { outcome, change } = comparison ?? {};
  if (change === undefined) {
    if (outcome !== undefined && outcome !== "none") say(`is ${outcome} by nobody's commit`);
    return;
  }
  const { objects } = github.git;
  if (isOurs(github, change.commit)) say("is answered by Remit itself");
  if (objects.ancestors(base).has(change.commit)) say("is answered by what was there when it was planned");
  if ((outcome === "none") === (change.by === "person")) say(`is ${outcome} by a ${change.by}`);
  if (outcome !== "same" && outcome !== "same-and-more") return;
  for (const { file, document, path, after } of effects) {
    const value: unknown = parseAllDocuments(github.text(change.commit, file) ?? "")[document]?.getIn(path);
    if (String(value) !== after) say(`is ${outcome}, and ${file} says ${String(value)} instead of ${after}`);
  }
}
