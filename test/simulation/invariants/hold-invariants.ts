import type { Simulation } from "../simulation.ts";

export function holdInvariants(_simulation: Simulation): () => Promise<void> {
  return async () => {};
}
