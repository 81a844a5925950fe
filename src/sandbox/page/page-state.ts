/** Everything that the demo's page shows, at one moment. */
import type { Instant } from "../../clock.ts";
import type { StoryEvent } from "../demo/story.ts";

export interface PageState {
  readonly scenario: string;
  /** One line for people. */
  readonly summary: string;
  readonly startedAt: Instant;
  /** The moment up to which the page tells; stands still once the demo has ended. */
  readonly now: Instant;
  readonly outcome: "running" | "recovered" | "not-recovered";
  readonly service: ServiceState;
  readonly chart: ChartState;
  readonly story: readonly StoryEvent[];
  readonly pull: PullState | undefined;
  readonly commits: readonly CommitState[];
  readonly links: readonly Link[];
  /** GitHub API requests since the alert, and how many there may be for as many incidents. */
  readonly requests: { readonly made: number; readonly most: number } | undefined;
}

export interface ServiceState {
  readonly name: string;
  readonly environment: string;
  readonly version: string | undefined;
  readonly pods: number;
  /** 0 to 1. */
  readonly errorRate: number | undefined;
}

export interface ChartState {
  readonly points: readonly ChartPoint[];
  /** The alert's threshold, 0 to 1. */
  readonly threshold: number;
  readonly marks: readonly ChartMark[];
  /** What began to run when. */
  readonly runs: readonly { readonly at: Instant; readonly label: string; readonly tone: "bad" | "good" | "plain" }[];
}

export interface ChartPoint {
  readonly at: Instant;
  /** Undefined: no request in this moment. */
  readonly errorRate: number | undefined;
}

export interface ChartMark {
  readonly at: Instant;
  readonly label: string;
  readonly tone: "bad" | "act" | "good" | "plain";
}

export interface PullState {
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "closed" | "merged";
  readonly url: string;
  readonly branch: string;
  readonly tier: string;
  /** Every operand of the verdict. */
  readonly operands: readonly { readonly name: string; readonly tier: string; readonly message: string }[];
  /** Unified diff. */
  readonly diff: string;
}

export interface CommitState {
  readonly id: string;
  readonly author: string;
  readonly at: Instant;
  readonly subject: string;
  readonly trailers: readonly string[];
}

export interface Link {
  readonly label: string;
  readonly url: string;
}
