/** One loop that does one thing after another: while something is due it works, else it sleeps until it is woken. */
import type { Clock, Instant } from "../clock.ts";
import type { Log } from "../remediation/session.ts";

/** Did something (`worked`), or nothing is due before `until` (undefined: nothing is known to come). */
export type LaneStep = { readonly worked: true } | { readonly worked: false; readonly until: Instant | undefined };

export interface LaneParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly pollMs: number;
}

export class Lane {
  readonly #parts: LaneParts;
  readonly #onLook: () => void;
  readonly #step: () => Promise<LaneStep>;
  #running: Promise<void> | undefined;
  #stopping = false;
  #woken = false;
  #endSleep: (() => void) | undefined;

  /** `onLook` is called after each step that didn't throw. */
  constructor(parts: LaneParts, onLook: () => void, step: () => Promise<LaneStep>) {
    this.#parts = parts;
    this.#onLook = onLook;
    this.#step = step;
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#running;
  }

  wake(): void {
    this.#woken = true;
    this.#endSleep?.();
  }

  /** Works until nothing is due; true if anything was. */
  async runDue(): Promise<boolean> {
    let any = false;
    while ((await this.#step()).worked) any = true;
    this.#onLook();
    return any;
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      const until = await this.#look();
      if (until !== "now") await this.#sleep(until);
    }
  }

  /** A store that fails must not end the loop: it is looked at again after a pause. */
  async #look(): Promise<Instant | undefined | "now"> {
    try {
      const result = await this.#step();
      this.#onLook();
      return result.worked ? "now" : result.until;
    } catch (error) {
      this.#parts.log.error({ error }, "the store can't be worked off");
      // Whatever woke it meanwhile waits for the pause too, unless it is to end.
      this.#woken = this.#stopping;
      return undefined;
    }
  }

  #sleep(until: Instant | undefined): Promise<void> {
    const { clock, pollMs } = this.#parts;
    const ms = Math.min(pollMs, Math.max(1, (until ?? Number.POSITIVE_INFINITY) - clock.now()));
    return new Promise((resolve) => {
      if (this.#woken) return resolve();
      const timer = setTimeout(() => this.#endSleep?.(), ms);
      this.#endSleep = () => {
        clearTimeout(timer);
        this.#endSleep = undefined;
        resolve();
      };
    });
  }
}
