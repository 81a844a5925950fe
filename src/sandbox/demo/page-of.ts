/** What the demo's page shows now, from the story and the world. */
import type { Instant } from "../../clock.ts";
import { errorRate } from "../cluster/error-rate.ts";
import type { Sample } from "../cluster/scrape.ts";
import type { ChartMark, ChartPoint, CommitState, Link, PageState, PullState } from "../page/page-state.ts";
import { badVersion } from "./scenario.ts";
import type { Story, StoryEvent } from "./story.ts";

export interface PageSources {
  readonly scenario: string;
  readonly story: Story;
  readonly service: string;
  readonly version: string | undefined;
  readonly samples: readonly Sample[];
  /** Each point of the chart tells the error rate of this long. */
  readonly pointMs: number;
  readonly threshold: number;
  readonly pull: PullState | undefined;
  readonly requests: number | undefined;
  readonly commits: readonly CommitState[];
  readonly links: readonly Link[];
  readonly outcome: PageState["outcome"];
  readonly now: Instant;
}

const maxPoints = 300;

export function pageOf(sources: PageSources): PageState {
  const { story, samples, service, now } = sources;
  const points = pointsOf(samples, sources.pointMs, story.startedAt, now);
  return {
    scenario: sources.scenario,
    startedAt: story.startedAt,
    now,
    outcome: sources.outcome,
    service: {
      name: service,
      environment: "production",
      version: sources.version,
      errorRate: points.findLast((point) => point.errorRate !== undefined)?.errorRate,
    },
    chart: { points, threshold: sources.threshold, marks: marksOf(story.events), versions: versionsOf(story.events) },
    story: story.events,
    pull: sources.pull,
    commits: sources.commits,
    links: sources.links,
    requests: sources.requests,
  };
}

function pointsOf(samples: readonly Sample[], pointMs: number, from: Instant, to: Instant): readonly ChartPoint[] {
  const inside = samples.filter((sample) => sample.at >= from && sample.at <= to);
  const step = Math.max(1, Math.ceil(inside.length / maxPoints));
  return inside
    .filter((_, index) => index % step === 0 || index === inside.length - 1)
    .map((sample, index) => ({ at: sample.at, errorRate: index === 0 ? 0 : errorRate(inside, pointMs, sample.at) }));
}

const markOf: Readonly<Record<string, (event: StoryEvent) => Omit<ChartMark, "at">>> = {
  "alert-firing": () => ({ label: "alert", tone: "bad" }),
  proposed: (event) => ({ label: `pull request #${String(event.data.number ?? "")}`, tone: "act" }),
  approved: () => ({ label: "approved", tone: "plain" }),
  merged: () => ({ label: "merged", tone: "act" }),
  delivered: () => ({ label: "delivered", tone: "act" }),
  recovered: () => ({ label: "recovered", tone: "good" }),
  escalated: () => ({ label: "person called", tone: "bad" }),
};

function marksOf(events: readonly StoryEvent[]): readonly ChartMark[] {
  const bad = events.find((event) => event.event === "deployed" && event.data.version === badVersion);
  const deployed: ChartMark[] =
    bad === undefined ? [] : [{ at: bad.at, label: `${badVersion} deployed`, tone: "plain" }];
  const others = events.flatMap((event) => {
    const mark = markOf[event.event];
    return mark === undefined ? [] : [{ at: event.at, ...mark(event) }];
  });
  return [...deployed, ...others];
}

function versionsOf(events: readonly StoryEvent[]): PageState["chart"]["versions"] {
  return events
    .filter((event) => event.event === "deployed")
    .map((event) => {
      const version = String(event.data.version);
      return { at: event.at, version, bad: version === badVersion };
    });
}
