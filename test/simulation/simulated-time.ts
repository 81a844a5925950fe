/** The world's time. It moves only when the simulation moves it, and wakes whoever set a timer. */
import type { Clock, Instant } from "../../src/clock.ts";

interface Timer {
  readonly id: number;
  readonly at: Instant;
  readonly run: () => void;
}

export class SimulatedTime implements Clock {
  #now: Instant;
  readonly #timers = new Map<number, Timer>();
  /** Nothing is due before then. */
  #nextAt = Number.POSITIVE_INFINITY;
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
    const timer = { id: this.#lastId, at: this.#now + ms, run };
    this.#timers.set(timer.id, timer);
    this.#nextAt = Math.min(this.#nextAt, timer.at);
    return this.#lastId;
  }

  clearTimer(id: number): void {
    this.#timers.delete(id);
  }

  isSet(id: number): boolean {
    return this.#timers.has(id);
  }

  /** Of two timers for the same time, the one that was set first. */
  #due(instant: Instant): Timer | undefined {
    if (instant < this.#nextAt) return undefined;
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) if (first === undefined || timer.at < first.at) first = timer;
    this.#nextAt = first?.at ?? Number.POSITIVE_INFINITY;
    return first !== undefined && first.at <= instant ? first : undefined;
  }
}
