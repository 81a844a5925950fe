/** How each repository stands with the breaker, for metrics and the status page. */
import { changesPerRepository, defaultStorm, sickWindowMs } from "../authority/defaults.ts";
import type { Clock } from "../clock.ts";
import { stormOf } from "../remediation/storm-of.ts";
import type { Store } from "../store/store.ts";

export interface RepositoryStorm {
  readonly repository: string;
  readonly sickServices: number;
  readonly changesUnderWay: number;
  /** Nothing is merged without a person. */
  readonly breaker: "ready" | "tripped";
  /** Further changes wait for one of these to be over. */
  readonly full: boolean;
}

export interface StormWatch {
  look(): Promise<readonly RepositoryStorm[]>;
}

/** `repositories`: those that the configured sources speak of. */
export function stormWatch(
  store: Pick<Store, "incidents" | "inbox">,
  clock: Clock,
  repositories: readonly string[],
): StormWatch {
  const distinct = [...new Set(repositories)];
  const lookAt = async (repository: string): Promise<RepositoryStorm> => {
    const { sickServices, branchesUnderWay } = await stormOf(store, repository, clock.now() - sickWindowMs, "");
    const changesUnderWay = branchesUnderWay.length;
    const breaker = sickServices >= defaultStorm.services ? "tripped" : "ready";
    return { repository, sickServices, changesUnderWay, breaker, full: changesUnderWay >= changesPerRepository };
  };
  return { look: () => Promise.all(distinct.map(lookAt)) };
}
