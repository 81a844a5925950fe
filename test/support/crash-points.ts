/** Places between two effects where a process may die. */
import type { Forge } from "../../src/remediation/forge.ts";

/** What a process dies of in these tests. */
export class Crash extends Error {}

/** Counts effects, and dies just after the one that was chosen: that is just before the next one, too. */
export class CrashPoints {
  count = 0;
  #place: number | undefined;

  plant(place: number): void {
    this.#place = place;
  }

  around<T extends object>(whole: T, names: readonly (keyof T & string)[]): T {
    return new Proxy(whole, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        const bound = value.bind(target);
        if (typeof name !== "string" || !names.some((known) => known === name)) return bound;
        return async (...args: unknown[]) => {
          const result: unknown = await bound(...args);
          this.#pass();
          return result;
        };
      },
    });
  }

  aroundForge(forge: Forge): Forge {
    return this.around(forge, [
      "read",
      "propose",
      "reportGate",
      "merge",
      "writeIssue",
      "closePull",
      "permission",
      "answerComment",
      "commentOnMerged",
    ]);
  }

  #pass(): void {
    this.count += 1;
    if (this.count !== this.#place) return;
    throw new Crash(`crashed at ${this.count}`);
  }
}
