/** What Remit would have done in a repository's own past, in numbers. */
import type { Instant } from "../../clock.ts";

export interface OwnPast {
  /** When the oldest commit was made that was looked at. */
  readonly since: Instant;
  readonly commits: number;
  /** Rollbacks by people that were found. */
  readonly found: number;
  /** Rollbacks that were replayed, and what came of each. */
  readonly replayed: number;
  readonly exact: number;
  readonly part: number;
  readonly near: number;
  readonly wrong: number;
  readonly abstained: number;
  readonly failed: number;
  /** Moments at which there was nothing to undo, and at how many of them Remit would have kept quiet. */
  readonly quiet: { readonly moments: number; readonly kept: number };
  /** The time was up before everything was replayed. */
  readonly cut: boolean;
  /** The whole report as Markdown, with others' words as code only; undefined where there is nothing to report. */
  readonly report: string | undefined;
}
