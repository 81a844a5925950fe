/** The GitHub stand-in with the shop's repository in it. */
import type { Clock } from "../../clock.ts";
import { type GitHubStandIn, startGitHub } from "../github/start-github.ts";
import type { Scenario } from "./scenario.ts";
import { shopRepository } from "./shop-files.ts";

export interface ShopGitHubOptions {
  readonly directory: string;
  readonly scenario: Pick<Scenario, "tier" | "history">;
  readonly clock: Clock;
  readonly port?: number;
}

/** The main branch requires the check `remit/gate`, as an owner who trusts a bot with merges would have it. */
export function startShopGitHub({ directory, scenario, clock, port }: ShopGitHubOptions): Promise<GitHubStandIn> {
  return startGitHub({
    directory,
    repository: shopRepository,
    clock,
    initial: scenario.history(clock.now(), scenario.tier),
    requiredChecks: ["remit/gate"],
    ...(port === undefined ? {} : { port }),
  });
}
