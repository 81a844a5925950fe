/**
 * The correlated-failure breaker: many services that are sick at once have a cause in common, which no change of one of
 * them takes away. Then a person merges. It holds as long as they are sick, and no longer.
 */
import { span } from "../diagnosis/span.ts";
import { defaultStorm, sickWindowMs } from "./defaults.ts";
import type { Storm } from "./storm.ts";
import type { Operand } from "./verdict.ts";

export interface StormLimits {
  /** So many sick services trip it, however many there are. */
  readonly services: number;
  /** So large a part of all services trips it, 0 to 1. Rounded down, and never fewer than three. */
  readonly share: number;
}

/** One or two sick services are an incident or two, however small the repository is. */
const fewest = 3;

export function stormOperand(storm: Storm | "unreadable", { services, share }: StormLimits = defaultStorm): Operand {
  if (storm === "unreadable") {
    const message = "it couldn't be counted how many services are sick";
    return { name: "storm", tier: "propose", reason: { code: "limits-unreadable", message } };
  }
  const { sickServices, knownServices } = storm;
  const limit = Math.min(services, Math.max(fewest, Math.floor(share * knownServices)));
  const within = `within ${span(sickWindowMs)}`;
  // Written so that a count that is no number trips it.
  if (sickServices < limit) {
    const message = `${sickServices} of ${knownServices} services sick ${within}`;
    return { name: "storm", tier: "merge", reason: { code: "within-limits", message } };
  }
  const message = `${sickServices} of ${knownServices} services are sick ${within}, so a person decides until fewer than ${limit} are`;
  return { name: "storm", tier: "propose", reason: { code: "correlated-failure", message } };
}
