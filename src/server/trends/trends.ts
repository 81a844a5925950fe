/** Incidents week by week, as the store knows them: how they ended, and how long it took from the first alert. Pure. */
import type { Instant } from "../../clock.ts";
import { median } from "../../median.ts";
import type { IncidentOutcome } from "../../remediation/response.ts";
import type { IncidentRecord } from "../../store/store.ts";

export const outcomes = ["recovered", "resolved-without-change", "handed-off", "abstained", "open"] as const;
export type Outcome = (typeof outcomes)[number];

/** What is timed, from the first alert on. */
export const stages = ["proposed", "merged", "verified"] as const;
export type Stage = (typeof stages)[number];

export interface TrendWeek {
  /** Monday, 00:00 UTC. */
  readonly from: Instant;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly times: Readonly<Record<Stage, Timed>>;
}

export interface Timed {
  readonly cases: number;
  /** undefined: there is no case. */
  readonly medianMs: number | undefined;
}

const dayMs = 24 * 60 * 60_000;
const weekMs = 7 * dayMs;
const mostWeeks = 13;
/** 1970 began on a Thursday. */
const firstMonday = 4 * dayMs;

/** From the week of the oldest incident to now, the last 13 of them; empty where no incident is in these. */
export function trendsOf(records: readonly IncidentRecord[], now: Instant): readonly TrendWeek[] {
  const last = weekOf(now);
  const recent = records.filter(
    ({ incident: { openedAt } }) => openedAt <= now && last - weekOf(openedAt) < mostWeeks * weekMs,
  );
  if (recent.length === 0) return [];
  const byWeek = Map.groupBy(recent, ({ incident }) => weekOf(incident.openedAt));
  const first = Math.min(...byWeek.keys());
  const count = 1 + Math.round((last - first) / weekMs);
  return Array.from({ length: count }, (_, index) => {
    const from = first + index * weekMs;
    return { from, ...told(byWeek.get(from) ?? []) };
  });
}

function weekOf(at: Instant): Instant {
  return at - ((((at - firstMonday) % weekMs) + weekMs) % weekMs);
}

function told(records: readonly IncidentRecord[]): Pick<TrendWeek, "counts" | "times"> {
  const ends = records.map(({ response }): IncidentOutcome | "open" => response.closed?.outcome ?? "open");
  const count = (outcome: Outcome) => ends.filter((end) => end === outcome).length;
  return {
    counts: {
      recovered: count("recovered"),
      "resolved-without-change": count("resolved-without-change"),
      "handed-off": count("handed-off"),
      abstained: count("abstained"),
      open: count("open"),
    },
    times: {
      proposed: timed(records, "proposed"),
      merged: timed(records, "merged"),
      verified: timed(records, "verified"),
    },
  };
}

function timed(records: readonly IncidentRecord[], stage: Stage): Timed {
  const times = records.flatMap((record) => {
    const at = reachedAt(record, stage);
    return at === undefined ? [] : [Math.max(0, at - record.incident.openedAt)];
  });
  return { cases: times.length, medianMs: median(times.toSorted((a, b) => a - b)) };
}

/** By the first fix: its undo is another story. */
function reachedAt({ response }: IncidentRecord, stage: Stage): Instant | undefined {
  const fix = response.remediations.find(({ kind }) => kind === "fix");
  if (fix === undefined) return undefined;
  switch (stage) {
    case "proposed":
      if (fix.pullNumber === undefined) return undefined;
      return response.timeline.find(({ event }) => event === "proposed")?.at ?? fix.decidedAt;
    case "merged":
      return fix.merged?.at;
    case "verified":
      return fix.ended?.outcome === "recovered" ? fix.ended.at : undefined;
  }
}
