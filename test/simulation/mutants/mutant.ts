import type { Scenario } from "../scenario.ts";
import type { Seams } from "../seams.ts";

/** A bug that is planted around Remit's real parts. */
export interface Mutant {
  readonly name: string;
  /** The promise that must break. */
  readonly breaks: string;
  /** Made anew for each run. */
  plant(): Seams;
  /** A world in which it shows soon. */
  world(seed: number): Scenario;
}
