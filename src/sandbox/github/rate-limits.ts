/** Primary rate limits: so many requests per hour for each holder of a token. */
import type { Clock, Instant } from "../../clock.ts";

const HOUR_MS = 3_600_000;

export interface RateState {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetAt: Instant;
  readonly resource: string;
}

export class RateLimits {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windows = new Map<string, { used: number; resetAt: Instant }>();

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** As it stands, without counting. */
  read(who: string, resource: string): RateState {
    const { used, resetAt } = this.#window(who, resource);
    return { limit: this.#limit, used, remaining: Math.max(0, this.#limit - used), resetAt, resource };
  }

  /** Counts one request; false when there was none left. */
  spend(who: string, resource: string): boolean {
    const window = this.#window(who, resource);
    if (window.used >= this.#limit) return false;
    window.used += 1;
    return true;
  }

  /** A 304 is free. */
  refund(who: string, resource: string): void {
    const window = this.#window(who, resource);
    window.used = Math.max(0, window.used - 1);
  }

  #window(who: string, resource: string): { used: number; resetAt: Instant } {
    const key = `${who} ${resource}`;
    const now = this.#clock.now();
    const known = this.#windows.get(key);
    if (known !== undefined && known.resetAt > now) return known;
    const fresh = { used: 0, resetAt: now + HOUR_MS };
    this.#windows.set(key, fresh);
    return fresh;
  }
}
