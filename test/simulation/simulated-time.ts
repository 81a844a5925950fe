/** The world's time. It moves only when the simulation moves it, and wakes whoever set a timer. */
import type { Clock, Instant } from "../../src/clock.ts";

interface Timer {
  readonly id: number;
  readonly at: Instant;
  readonly run: () => void;
}

export class SimulatedTime implements Clock {
  #now: Instant;
  #timers: Timer[] = [];
  #lastId = 0;

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  advance(ms: number): void {
    this.advanceTo(this.#now + ms);
  }

  advanceTo(instant: Instant): void {
    for (let due = this.#due(instant); due !== undefined; due = this.#due(instant)) {
      this.#now = Math.max(this.#now, due.at);
      this.clearTimer(due.id);
      due.run();
    }
    this.#now = Math.max(this.#now, instant);
  }

  setTimer(ms: number, run: () => void): number {
    this.#lastId += 1;
    this.#timers.push({ id: this.#lastId, at: this.#now + ms, run });
    return this.#lastId;
  }

  clearTimer(id: number): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  }

  isSet(id: number): boolean {
    return this.#timers.some((timer) => timer.id === id);
  }

  #due(instant: Instant): Timer | undefined {
    return this.#timers
      .filter(({ at }) => at <= instant)
      .reduce<Timer | undefined>(
        (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
        undefined,
      );
  }
}
