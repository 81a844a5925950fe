import type { Clock } from "../../src/clock.ts";

/** Time that moves only when a test moves it. */
export class TestClock implements Clock {
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  advanceTo(instant: number): void {
    this.#now = Math.max(this.#now, instant);
  }
}
