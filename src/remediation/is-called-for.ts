import { isFiring } from "../incidents/alert-state.ts";
import type { Situation } from "./situation.ts";

/** Something fires, or a person asked for a change whether or not anything does. */
export function isCalledFor({ incident, response }: Pick<Situation, "incident" | "response">): boolean {
  return isFiring(incident) || response.asked?.request !== undefined;
}
