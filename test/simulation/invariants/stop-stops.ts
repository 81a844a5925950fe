/** I3: nothing is written to git after a stop switch was visible; a merge rests on a look that is fresh. */
import type { Invariant } from "./invariant.ts";

/** A view is fresh for 30 seconds; then the request itself takes a while. */
const freshMs = 60_000;

export const stopStops: Invariant = (simulation) => {
  simulation.watch.onAsked(({ process, effect, at, moves }) => {
    const wrote = moves.some(({ ref, to }) => to !== undefined && ref.startsWith("refs/heads/"));
    if (!wrote) return;
    const look = process.lastLook;
    if (look === undefined) simulation.fail("I3", `${effect} without a look`);
    else if (look.stop !== undefined) simulation.fail("I3", `${effect} though ${look.stop} was there to be seen`);
    else if (effect === "a merge" && at - look.at > freshMs + Math.abs(simulation.skewMs)) {
      simulation.fail("I3", `a merge on a look that is ${Math.round((at - look.at) / 1000)} s old`);
    }
  });
  return undefined;
};
