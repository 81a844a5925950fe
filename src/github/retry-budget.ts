/**
 * At most a tenth of the requests are retries: a request earns a tenth of one. Where nothing else is asked, one every ten
 * seconds remains, so that what failed is tried again at all.
 */
import type { Clock, Instant } from "../clock.ts";

const share = 0.1;
const most = 10;
const probeEveryMs = 10_000;

export class RetryBudget {
  readonly #clock: Clock;
  #earned = 1;
  #lastProbe: Instant = Number.NEGATIVE_INFINITY;
  requests = 0;
  retries = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request that repeats none: it never waits. */
  first(): 0 {
    this.requests += 1;
    this.#earned = Math.min(most, this.#earned + share);
    return 0;
  }

  /** May this one be repeated? Milliseconds to wait before asking again; 0: yes, and it is counted. */
  retry(): number {
    const now = this.#clock.now();
    if (this.#earned >= 1) this.#earned -= 1;
    else if (now - this.#lastProbe >= probeEveryMs) this.#lastProbe = now;
    else return this.#lastProbe + probeEveryMs - now;
    this.requests += 1;
    this.retries += 1;
    return 0;
  }
}
