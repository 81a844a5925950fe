/** What the replicas share of one installation's budget. Implemented by the store; in memory where there is none. */
import type { Instant } from "../clock.ts";

export interface LaneStore {
  /** Takes the next place in line: when the caller's write may begin. The one after it begins `spacingMs` later at the earliest. */
  reserve(name: string, now: Instant, spacingMs: number): Promise<Instant>;
  /** Until when nothing may be asked; 0 if never paused. */
  pausedUntil(name: string): Promise<Instant>;
  /**
   * GitHub asked to be left alone: for `saidMs`, or, where it didn't say, for a minute that doubles with each limit in a
   * row. A limit that is met while the pause lasts is the same one. Answers until when.
   */
  pause(name: string, now: Instant, saidMs: number | undefined): Promise<Instant>;
  /** GitHub answered: the next limit is the first in a row again. */
  resume(name: string): Promise<void>;
}
