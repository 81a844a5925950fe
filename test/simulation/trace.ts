/** What happened, line by line, for people; and its fingerprint, for comparing two runs. */
import { createHash } from "node:crypto";
import type { Clock } from "../../src/clock.ts";

export class Trace {
  readonly lines: string[] = [];
  readonly #clock: Clock;
  readonly #start: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  /** `depth`: how many things are at hand, one within another. */
  write(depth: number, who: string, what: string): void {
    const passed = new Date(this.#clock.now() - this.#start).toISOString();
    const days = Math.floor((this.#clock.now() - this.#start) / 86_400_000);
    const at = `${days > 0 ? `${days}d ` : ""}${passed.slice(11, 23)}`;
    this.lines.push(`${at} ${"  ".repeat(depth)}${who}: ${what}`);
  }

  fingerprint(): string {
    return createHash("sha256").update(this.lines.join("\n")).digest("hex");
  }
}
