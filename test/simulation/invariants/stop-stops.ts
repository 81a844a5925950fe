/** I3: nothing but the ledger is written to git after a stop switch was visible; a merge is sent while the look that it rests on is fresh. */
import { environmentStop } from "../remit-process.ts";
import { ledgerRef } from "./announced-first.ts";
import type { Invariant } from "./invariant.ts";

const freshMs = 45_000;

export const stopStops: Invariant = (simulation) => {
  const { watch } = simulation;
  watch.onSent(({ process, effect, at }) => {
    const look = process.lastLook;
    if ((effect !== "a merge" && effect !== "a hand-over") || look === undefined) return;
    if (at - look.at > freshMs + simulation.toleratedSkewMs) {
      simulation.fail("I3", `${effect} on a look that is ${Math.round((at - look.at) / 1000)} s old`);
    }
  });
  watch.onAsked(({ process, effect, moves, merged }) => {
    const wrote = moves.some(({ ref, to }) => to !== undefined && ref.startsWith("refs/heads/") && ref !== ledgerRef);
    if (!wrote) return;
    const look = merged === undefined ? process.lastLook : merged.look;
    if (look === undefined) simulation.fail("I3", `${effect} without a look`);
    // What stands in the environment is no part of a look at GitHub: what counts is what stands there now.
    else if (look.stop === environmentStop && !simulation.stopEnvironment) return;
    else if (look.stop !== undefined) simulation.fail("I3", `${effect} though ${look.stop} was there to be seen`);
  });
  return undefined;
};
