/** What is going to happen, in order of time; of two things at the same time, the one that was noted first. */
import type { Instant } from "../../src/clock.ts";

export interface Happening {
  readonly at: Instant;
  readonly what: string;
  run(): Promise<void>;
}

export class Agenda {
  readonly #waiting: (Happening & { readonly order: number })[] = [];
  #noted = 0;

  note(at: Instant, what: string, run: () => Promise<void>): void {
    this.#noted += 1;
    this.#waiting.push({ at, what, run, order: this.#noted });
    this.#waiting.sort((a, b) => a.at - b.at || a.order - b.order);
  }

  get nextAt(): Instant | undefined {
    return this.#waiting[0]?.at;
  }

  /** Is anything of the kind still to come? */
  waits(what: string): boolean {
    return this.#waiting.some((happening) => happening.what === what);
  }

  /** The first thing, if its time has come. */
  take(now: Instant): Happening | undefined {
    const [first] = this.#waiting;
    return first !== undefined && first.at <= now ? this.#waiting.shift() : undefined;
  }

  /** The first thing of a kind, however far away: it happens now. */
  takeEarly(what: string): Happening | undefined {
    const at = this.#waiting.findIndex((happening) => happening.what === what);
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
  }
}
