import { actionNames } from "../../actions/catalogue.ts";
import type { Instant } from "../../clock.ts";
import type { Target } from "../../target.ts";
import { cronSchedule } from "../freeze/cron-schedule.ts";
import type { FreezeWindow } from "../freeze/freeze-window.ts";
import { neverCloses } from "../freeze/never-closes.ts";
import { matches } from "../matches.ts";
import type { Found } from "./finding.ts";
import { namesNothing } from "./lint-names.ts";

/** Freeze windows that are always the same, and those that hold for nothing. */
export function lintWindows(
  windows: readonly FreezeWindow[],
  targets: readonly Target[] | undefined,
  now: Instant,
): readonly Found[] {
  return windows.flatMap((window, index): readonly Found[] => {
    const path = ["spec", "freeze", index];
    const time = opensNever(window, now) ?? closesNever(window, now);
    const place = targets === undefined ? undefined : selectsNothing(window, targets);
    return [
      ...(time === undefined ? [] : [{ ...time, path: [...path, "schedule"] }]),
      ...(place === undefined ? [] : [{ ...place, path }]),
    ];
  });
}

type Told = Omit<Found, "path">;

function opensNever({ kind, schedule, timeZone }: FreezeWindow, now: Instant): Told | undefined {
  if (cronSchedule(schedule, timeZone)?.next(now) !== undefined) return undefined;
  return {
    code: "window-never-opens",
    severity: "error",
    what: `the ${kind} window ${JSON.stringify(schedule)} never opens`,
    why:
      kind === "deny"
        ? "no date fits its schedule, so it never freezes anything"
        : "no date fits its schedule, so what it selects is always frozen",
    mend: "write a schedule with a date that exists",
  };
}

function closesNever(window: FreezeWindow, now: Instant): Told | undefined {
  if (!neverCloses(window, now)) return undefined;
  return {
    code: "window-never-closes",
    severity: "warning",
    what: `the ${window.kind} window ${JSON.stringify(window.schedule)} never closes`,
    why:
      window.kind === "deny"
        ? "it opens anew before its duration is over, so what it selects is always frozen"
        : "it opens anew before its duration is over, so it never freezes anything",
    mend:
      window.kind === "deny"
        ? "shorten its duration, or grant tier propose instead"
        : "shorten its duration, or remove it",
  };
}

/** Where a name is unknown, that is the finding. */
function selectsNothing({ kind, match }: FreezeWindow, targets: readonly Target[]): Told | undefined {
  if (targets.some((target) => actionNames.some((action) => matches(match, action, target)))) return undefined;
  if (namesNothing(match, targets)) return undefined;
  return {
    code: "window-matches-nothing",
    severity: "error",
    what: `a ${kind} window selects no target`,
    why: "each of its names exists in this repository, but no target has them together",
    mend: "remit map lists the targets that there are; select those, or remove the window",
  };
}
