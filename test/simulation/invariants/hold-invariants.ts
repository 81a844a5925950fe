/** Everything that is promised of every run. A new promise is one file here, and one line below. */
import type { Simulation } from "../simulation.ts";
import { actsOnce } from "./acts-once.ts";
import { allowedWrites } from "./allowed-writes.ts";
import { announcedFirst } from "./announced-first.ts";
import { asGitHubDescribes } from "./as-github-describes.ts";
import { audited } from "./audited.ts";
import { comesToAnEnd } from "./comes-to-an-end.ts";
import { custodyHolds } from "./custody-holds.ts";
import { fewChanges } from "./few-changes.ts";
import { freezeHolds } from "./freeze-holds.ts";
import { freshEvidence } from "./fresh-evidence.ts";
import { intentFirst } from "./intent-first.ts";
import type { Invariant } from "./invariant.ts";
import { leasesEnd } from "./leases-end.ts";
import { limitsHold } from "./limits-hold.ts";
import { mergedAsJudged } from "./merged-as-judged.ts";
import { modelOnlyLowers } from "./model-only-lowers.ts";
import { modesHold } from "./modes-hold.ts";
import { noFlipFlop } from "./no-flip-flop.ts";
import { nothingForgotten } from "./nothing-forgotten.ts";
import { policyOfTheBase } from "./policy-of-the-base.ts";
import { shadowsAreTrue } from "./shadows-are-true.ts";
import { stopStops } from "./stop-stops.ts";
import { stormHolds } from "./storm-holds.ts";

/** In this order: what is broken first is what is told. */
const invariants: readonly Invariant[] = [
  mergedAsJudged,
  allowedWrites,
  actsOnce,
  stopStops,
  limitsHold,
  intentFirst,
  policyOfTheBase,
  modelOnlyLowers,
  comesToAnEnd,
  noFlipFlop,
  freshEvidence,
  freezeHolds,
  modesHold,
  stormHolds,
  fewChanges,
  custodyHolds,
  leasesEnd,
  shadowsAreTrue,
  announcedFirst,
  audited,
  nothingForgotten,
  asGitHubDescribes,
];

/** What is answered checks what only the end can tell. */
export function holdInvariants(simulation: Simulation): () => Promise<void> {
  const finals = invariants.map((invariant) => invariant(simulation)).filter((final) => final !== undefined);
  return async () => {
    for (const final of finals) await final();
  };
}
