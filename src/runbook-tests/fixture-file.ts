import type { PolicyMistake } from "../authority/policy-mistake.ts";

/** What a fixture's file says, or everything that is wrong with it. */
export interface FixtureFile<T> {
  /** undefined whenever there are mistakes. */
  readonly value: T | undefined;
  readonly mistakes: readonly PolicyMistake[];
}
