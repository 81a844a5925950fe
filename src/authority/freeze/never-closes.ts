import type { Instant } from "../../clock.ts";
import { type CronSchedule, cronSchedule } from "./cron-schedule.ts";
import type { FreezeWindow } from "./freeze-window.ts";

const day = 24 * 60 * 60_000;
/** Long enough for every day of a year, whichever weekday it falls on and whatever the clock does. */
const horizonMs = 2 * 366 * day;
/** One for each hour of the horizon, as far as windows of an hour and more need. Shorter ones repeat themselves hour by hour. */
const most = 20_000;

/** Is the window, once it has opened, open for ever? Looked at for two years. */
export function neverCloses({ schedule, timeZone, durationMs }: FreezeWindow, from: Instant): boolean {
  const cron = cronSchedule(schedule, timeZone);
  const first = cron?.next(from);
  if (cron === undefined || first === undefined) return false;
  const end = from + horizonMs;
  let opened = first;
  for (let steps = 0; opened < end && steps < most; steps++) {
    const next = cron.last(opened + durationMs);
    // Open to its end, which isn't included, and not opened again by then.
    if (next === undefined || next <= opened) return false;
    opened = next;
  }
  return openEachDay(cron, durationMs, opened, end);
}

/** What opens within the hour of one day, and not at all on another, has a day without any opening. */
function openEachDay(cron: CronSchedule, durationMs: number, from: Instant, end: Instant): boolean {
  for (let at = from; at < end; at += day) {
    const opened = cron.last(at);
    if (opened === undefined || opened + durationMs <= at) return false;
  }
  return true;
}
