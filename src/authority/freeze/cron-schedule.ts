/** Cron times as a pure function of a moment: nothing is scheduled here. */
import { Cron } from "croner";
import type { Instant } from "../../clock.ts";

/** `* / , -` between names and numbers; five fields. The same text stands in the JSON Schema. */
export const schedulePattern = "[0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+ [0-9A-Za-z*/,-]+ [0-9A-Za-z*/,-]+";

export interface CronSchedule {
  /** The first moment after this one; undefined when there is none. */
  next(after: Instant): Instant | undefined;
  /** The last moment before this one or at it. */
  last(at: Instant): Instant | undefined;
}

/**
 * undefined when it isn't a schedule, or the time zone isn't known. A time that the change to summer time leaves out is the end of the gap; one that the
 * change to winter time repeats is the first of the two.
 */
export function cronSchedule(schedule: string, timeZone: string): CronSchedule | undefined {
  if (!new RegExp(`^${schedulePattern}$`).test(schedule) || !isTimeZone(timeZone)) return undefined;
  try {
    const cron = new Cron(schedule, { timezone: timeZone, mode: "5-part" });
    return {
      next: (after) => cron.nextRun(new Date(after))?.getTime(),
      last: (at) => cron.previousRuns(1, new Date(Math.floor(at / 1_000) * 1_000 + 1_000))[0]?.getTime(),
    };
  } catch {
    return undefined;
  }
}

/** Is it an IANA time zone that this machine knows? Offsets such as `+01:00` aren't: they know no summer time. */
export function isTimeZone(name: string): boolean {
  if (!/[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
