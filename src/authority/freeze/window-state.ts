import type { Instant } from "../../clock.ts";
import { cronSchedule } from "./cron-schedule.ts";
import type { FreezeWindow } from "./freeze-window.ts";

export interface WindowState {
  readonly open: boolean;
  /** When it closes, where it is open; when it opens, where it isn't. undefined: never, or the schedule can't be read. */
  readonly until: Instant | undefined;
}

/**
 * A window is open from each of its times for its duration, the end not included. So it crosses midnight and changes of the
 * clock as elapsed time does. Windows that overlap are one.
 */
export function windowState(
  { schedule, timeZone, durationMs }: Pick<FreezeWindow, "schedule" | "timeZone" | "durationMs">,
  now: Instant,
): WindowState {
  const cron = cronSchedule(schedule, timeZone);
  if (cron === undefined) return { open: false, until: undefined };
  const first = cron.next(now - durationMs);
  if (first === undefined || first > now) return { open: false, until: first };
  let opened = first;
  // The newest of the openings that still count tells the end; each of them is less than a duration ago.
  for (let steps = 0; steps < maxSteps; steps++) {
    const next: Instant = cron.next(opened) ?? Number.POSITIVE_INFINITY;
    if (next > opened + durationMs) break;
    opened = next;
  }
  return { open: true, until: opened + durationMs };
}

/** A window that opens every minute is open for ever: nobody needs to know until when. */
const maxSteps = 500;
