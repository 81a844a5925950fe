/** A clock that stands still until a test moves it. */
import type { Clock, Instant } from "../../src/clock.ts";

export class ManualClock implements Clock {
  #now: Instant;

  constructor(now: Instant = 1_000_000) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
