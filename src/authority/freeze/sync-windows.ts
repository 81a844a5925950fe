/** Argo CD's sync windows, as a project has them: do they keep an application from syncing? */
import type { Instant } from "../../clock.ts";
import { matchesGlob } from "../../gitops/catalogue/matches-glob.ts";
import { cronSchedule } from "./cron-schedule.ts";
import { at, textAt } from "./objects-in.ts";
import { windowState } from "./window-state.ts";

/** What an application says of itself; what isn't a text is none. */
export interface Synced {
  readonly name: unknown;
  readonly namespace: unknown;
  /** Its name, its address, or both. */
  readonly cluster: readonly unknown[];
}

/** `windows`: as they stand in the file. An open deny window denies; where allow windows match, one of them must be open. */
export function deniesSync(windows: unknown, synced: Synced, now: Instant): boolean {
  const states = listed(windows)
    .filter((window) => isAbout(window, synced))
    .map((window) => ({ kind: at(window, ["kind"]), open: isOpen(window, now) }));
  if (states.some(({ kind, open }) => kind === "deny" && open)) return true;
  const allowing = states.filter(({ kind }) => kind === "allow");
  return allowing.length > 0 && !allowing.some(({ open }) => open);
}

/** Any of what a window names has to fit, or with `useAndOperator` all of it. */
function isAbout(window: unknown, { name, namespace, cluster }: Synced): boolean {
  const asked = [
    { patterns: listed(at(window, ["applications"])), names: [name] },
    { patterns: listed(at(window, ["namespaces"])), names: [namespace] },
    { patterns: listed(at(window, ["clusters"])), names: cluster },
  ].filter(({ patterns }) => patterns.length > 0);
  const fitting = asked.filter(({ patterns, names }) => covers(patterns, names));
  return fitting.length > 0 && (at(window, ["useAndOperator"]) !== true || fitting.length === asked.length);
}

/** What can't be read counts as open for deny and closed for allow. */
function isOpen(window: unknown, now: Instant): boolean {
  const allows = at(window, ["kind"]) === "allow";
  const schedule = textAt(window, ["schedule"]);
  const timeZone = textAt(window, ["timeZone"]) || "UTC";
  const durationMs = goDuration(textAt(window, ["duration"]));
  if (durationMs === undefined || cronSchedule(schedule, timeZone) === undefined) return !allows;
  const patterns = ["applications", "namespaces", "clusters"].flatMap((key) => listed(at(window, [key])));
  if (allows && !patterns.every(isGlob)) return false;
  return windowState({ schedule, durationMs, timeZone }, now).open;
}

/** `1h30m`, as Go spells it. In milliseconds. */
function goDuration(text: string): number | undefined {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (parts === null) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = parts;
  const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return total > 0 ? total * 1_000 : undefined;
}

/** What isn't a glob that is read here covers everything. */
function covers(patterns: readonly unknown[], names: readonly unknown[]): boolean {
  return patterns.some(
    (pattern) =>
      !isGlob(pattern) || names.some((name) => typeof name === "string" && matchesGlob(pattern, name, "any")),
  );
}

/** `*` and `?`, of all that Argo CD knows. */
function isGlob(pattern: unknown): pattern is string {
  return typeof pattern === "string" && !/[[\]\\{}!]/.test(pattern);
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
