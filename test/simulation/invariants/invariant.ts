import type { Simulation } from "../simulation.ts";

/** Watches a world from its beginning, and calls `fail` when its promise is broken. What it answers is asked at the end. */
export type Invariant = (simulation: Simulation) => (() => Promise<void>) | undefined;
