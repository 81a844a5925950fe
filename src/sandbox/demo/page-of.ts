/** What the demo's page shows now, from the story and the world. Its moments are those of a clock that never jumped. */
import type { Instant } from "../../clock.ts";
import { type Counts, errorRate } from "../cluster/error-rate.ts";
import type { ChartMark, ChartPoint, CommitState, Link, PageState, PullState } from "../page/page-state.ts";
import type { JumpClock } from "./jump-clock.ts";
import type { Scenario } from "./scenario.ts";
import type { Story, StoryEvent } from "./story.ts";

export interface PageSources {
  readonly scenario: Pick<Scenario, "name" | "summary" | "bad">;
  readonly clock: Pick<JumpClock, "unjumped">;
  readonly story: Story;
  readonly service: string;
  readonly version: string | undefined;
  readonly pods: number;
  readonly samples: readonly Counts<"total" | "failed">[];
  /** Each point of the chart tells the error rate of this long. */
  readonly pointMs: number;
  readonly threshold: number;
  readonly pull: PullState | undefined;
  readonly requests: PageState["requests"];
  readonly commits: readonly CommitState[];
  readonly links: readonly Link[];
  readonly outcome: PageState["outcome"];
  readonly now: Instant;
}

const maxPoints = 300;

export function pageOf(sources: PageSources): PageState {
  const { story, service, clock, scenario } = sources;
  const points = pointsOf(sources);
  const moved = <T extends { readonly at: Instant }>(one: T): T => ({ ...one, at: clock.unjumped(one.at) });
  const runs = runsOf(story.events, scenario.bad);
  return {
    scenario: scenario.name,
    summary: scenario.summary,
    startedAt: story.startedAt,
    now: clock.unjumped(sources.now),
    outcome: sources.outcome,
    service: {
      name: service,
      environment: "production",
      version: sources.version,
      pods: sources.pods,
      errorRate: points.findLast((point) => point.errorRate !== undefined)?.errorRate,
    },
    chart: {
      points: points.map(moved),
      threshold: sources.threshold,
      marks: marksOf(story.events, runs).map(moved),
      runs: runs.map(moved),
    },
    story: story.events,
    pull: sources.pull,
    commits: sources.commits,
    links: sources.links,
    requests: sources.requests,
  };
}

function pointsOf({ samples, pointMs, story, now }: PageSources): readonly ChartPoint[] {
  const from = story.startedAt;
  const inside = samples.filter((sample) => sample.at >= from && sample.at <= now);
  const step = Math.max(1, Math.ceil(inside.length / maxPoints));
  return inside
    .filter((_, index) => index % step === 0 || index === inside.length - 1)
    .map((sample, index) => ({ at: sample.at, errorRate: index === 0 ? 0 : errorRate(inside, pointMs, sample.at) }));
}

const markOf: Readonly<Record<string, (event: StoryEvent) => Omit<ChartMark, "at">>> = {
  traffic: (event) => ({ label: `${String(event.data.load)}× traffic`, tone: "plain" }),
  later: (event) => ({ label: `${String(event.data.words)} later`, tone: "plain" }),
  "oom-killed": () => ({ label: "killed", tone: "plain" }),
  "alert-firing": () => ({ label: "alert", tone: "bad" }),
  proposed: (event) => ({ label: `pull request #${String(event.data.number ?? "")}`, tone: "act" }),
  approved: () => ({ label: "approved", tone: "plain" }),
  merged: () => ({ label: "merged", tone: "act" }),
  delivered: () => ({ label: "delivered", tone: "act" }),
  recovered: () => ({ label: "recovered", tone: "good" }),
  escalated: () => ({ label: "person called", tone: "bad" }),
};

type Run = PageState["chart"]["runs"][number];

function marksOf(events: readonly StoryEvent[], runs: readonly Run[]): readonly ChartMark[] {
  const bad = runs.find(({ tone }) => tone === "bad");
  const broken: ChartMark[] = bad === undefined ? [] : [{ at: bad.at, label: `${bad.label} runs`, tone: "plain" }];
  const others = events.flatMap((event) => {
    const mark = markOf[event.event];
    return mark === undefined ? [] : [{ at: event.at, ...mark(event) }];
  });
  return [...broken, ...others];
}

/** What runs since when: whatever changed last gives it its name. */
function runsOf(events: readonly StoryEvent[], bad: string | undefined): readonly Run[] {
  return events.flatMap(({ event, at, data }) => {
    const label = runOf[event]?.(data);
    if (label === undefined) return [];
    const tone = label === bad ? "bad" : bad === undefined ? "plain" : "good";
    return [{ at, label, tone }];
  });
}

const runOf: Readonly<Record<string, (data: StoryEvent["data"]) => string>> = {
  deployed: ({ version }) => String(version),
  reconfigured: ({ what }) => String(what),
  scaled: ({ pods }) => `${String(pods)} pods`,
};
