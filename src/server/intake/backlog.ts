/**
 * Is the durable queue full? Counted at most once a second, and in between by what this process stored itself, so that no
 * request pays for it. Several replicas together may go over by what they store in a second.
 */
import type { Clock, Instant } from "../../clock.ts";
import type { Inbox } from "../../store/store.ts";

const everyMs = 1_000;

export class Backlog {
  readonly #inbox: Pick<Inbox, "pending">;
  readonly #clock: Clock;
  readonly #most: number;
  #pending = 0;
  #countedAt: Instant = Number.NEGATIVE_INFINITY;
  #counting: Promise<void> | undefined;

  constructor(inbox: Pick<Inbox, "pending">, clock: Clock, most: number) {
    this.#inbox = inbox;
    this.#clock = clock;
    this.#most = most;
  }

  async isFull(): Promise<boolean> {
    if (Math.abs(this.#clock.now() - this.#countedAt) >= everyMs) {
      this.#counting ??= this.#count().finally(() => {
        this.#counting = undefined;
      });
      await this.#counting;
    }
    return this.#pending >= this.#most;
  }

  grew(): void {
    this.#pending += 1;
  }

  async #count(): Promise<void> {
    this.#pending = await this.#inbox.pending();
    this.#countedAt = this.#clock.now();
  }
}
