/**
 * With a wrong clock no limit, cooldown or veto window can be counted, so nothing is decided. How long that lasts is measured by
 * GitHub's time: this machine's is what is wrong.
 */
import { clockReason } from "./clock-reason.ts";
import { isCalledFor } from "./is-called-for.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { visibleStop } from "./visible-stop.ts";
import { keepLooking } from "./waiting.ts";

/** A clock that somebody sets meanwhile is no reason to call anybody. */
const calledAfterMs = 15 * 60_000;

/**
 * undefined: nothing was read in this reconcile, or the clock is right; or the alert resolved, for then what is left to do is to
 * step back, and that depends on no clock.
 */
export function whileClockIsWrong(situation: Situation): Step | undefined {
  const { view, response, stopEnvironment } = situation;
  if (view === undefined || !isCalledFor(situation)) return undefined;
  const { wrongSince, calledAt } = response.clock ?? {};
  const wrong = view.wrongClock;
  if (wrong === undefined) return wrongSince === undefined ? undefined : { do: "note-clock", wrongSince: undefined };
  if (wrongSince === undefined) return { do: "note-clock", wrongSince: wrong.at };
  // Who put a stop switch knows that nothing is decided; and an archived repository can't be written to.
  const silent = visibleStop(view, stopEnvironment) !== undefined || view.archived;
  if (calledAt === undefined && !silent && wrong.at - wrongSince >= calledAfterMs) {
    return { do: "call-about-clock", wrong, since: wrongSince };
  }
  return keepLooking(situation, clockReason(wrong));
}
