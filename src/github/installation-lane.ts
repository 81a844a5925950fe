/**
 * Everything that is asked of GitHub for one installation. Writes go one after the other, those that undo damage first, and
 * apart as GitHub advises; a limit pauses all of it; what failed is repeated within a budget.
 *
 * The spacing and the pauses are shared by all replicas (`LaneStore`). The order of what waits and the budget are each
 * process's own.
 */
import type { Clock } from "../clock.ts";
import { digest } from "../digest.ts";
import { RemitError } from "../errors.ts";
import type { LaneStore } from "./lane-store.ts";
import { limitSaid } from "./limit-said.ts";
import type { RequestKind } from "./request-kind.ts";
import { RetryBudget } from "./retry-budget.ts";
import { WriteLine } from "./write-line.ts";

export interface LaneParts {
  readonly name: string;
  readonly store: LaneStore;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface LaneRequest extends RequestKind {
  /** What is asked, so that asking it again is known as such. */
  readonly body: unknown;
}

/** GitHub's advice: a second between writes, three where people are notified. */
const writeSpacingMs = 1_000;
const notifySpacingMs = 3_000;
/** Failures that are remembered: more than the workers of a process can have at once. */
const remembered = 1_000;

export class InstallationLane {
  readonly budget: RetryBudget;
  readonly #parts: LaneParts;
  readonly #writes = new WriteLine();
  readonly #failed = new Set<string>();
  #limited = false;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.budget = new RetryBudget(parts.clock);
  }

  /** Throws RemitError github-rate-limited, without asking GitHub, while the lane is paused or the budget is spent. */
  async run<T>(request: LaneRequest, send: () => Promise<T>): Promise<T> {
    await this.#refusePaused();
    const key = digest(request.body);
    this.#count(key);
    if (!request.write) return this.#send(key, send);
    return this.#writes.run(request.mitigates, async () => {
      await this.#waitForPlace(request.notifies ? notifySpacingMs : writeSpacingMs);
      return this.#send(key, send);
    });
  }

  async #refusePaused(): Promise<void> {
    const { store, name, clock } = this.#parts;
    const leftMs = (await store.pausedUntil(name)) - clock.now();
    if (leftMs > 0) throw limited("GitHub asked to be left alone", leftMs);
  }

  #count(key: string): void {
    const waitMs = this.#failed.has(key) ? this.budget.retry() : this.budget.first();
    if (waitMs > 0) throw limited("a tenth of all requests are retries already", waitMs);
  }

  async #waitForPlace(spacingMs: number): Promise<void> {
    const { store, name, clock, sleep } = this.#parts;
    // A place is taken for minutes only by whoever waits in line, never by a pause: that is told at once.
    await this.#refusePaused();
    const waitMs = (await store.reserve(name, clock.now(), spacingMs)) - clock.now();
    if (waitMs > 0) await sleep(waitMs);
    // Another request may have met a limit meanwhile.
    await this.#refusePaused();
  }

  async #send<T>(key: string, send: () => Promise<T>): Promise<T> {
    try {
      const answer = await send();
      // GraphQL tells of a limit in an answer that looks good.
      if (limitSaid(answer, this.#parts.clock.now()) !== undefined) await this.#learn(key, answer);
      else await this.#succeeded(key);
      return answer;
    } catch (error) {
      await this.#learn(key, error);
      throw error;
    }
  }

  async #succeeded(key: string): Promise<void> {
    this.#failed.delete(key);
    if (!this.#limited) return;
    this.#limited = false;
    await this.#parts.store.resume(this.#parts.name);
  }

  async #learn(key: string, outcome: unknown): Promise<void> {
    const { store, name, clock } = this.#parts;
    const limit = limitSaid(outcome, clock.now());
    if (limit === undefined && !passes(outcome)) return;
    if (this.#failed.size >= remembered) this.#failed.clear();
    this.#failed.add(key);
    if (limit === undefined) return;
    this.#limited = true;
    await store.pause(name, clock.now(), limit.ms);
  }
}

/** No answer, or a fault of GitHub's own: only then is the same asked again. */
function passes(error: unknown): boolean {
  const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 0;
  return !(status >= 400 && status < 500) || status === 408;
}

function limited(why: string, retryAfterMs: number): RemitError {
  return new RemitError("github-rate-limited", `not asked: ${why}`, { retryAfterMs });
}
