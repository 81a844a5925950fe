/** How the repositories stand, and what the process knows of GitHub: by what is here already. Asks nobody. */
import type { Instant } from "../clock.ts";
import type { BudgetLeft } from "../github/budget-left.ts";
import type { Dashboard } from "../remediation/dashboard/dashboard.ts";

export interface Standing {
  /** Where people see repositories: `https://github.com`. */
  readonly webUrl: string;
  /** Is a language model asked for a second opinion? */
  readonly model: boolean;
  /** What GitHub last said, by account and kind of request. */
  readonly budgets: readonly BudgetLeft[];
  readonly repositories: readonly RepositoryStanding[];
}

export interface RepositoryStanding {
  readonly repository: string;
  /** When the clone was last brought up to date; undefined: there is none yet. */
  readonly fetchedAt: Instant | undefined;
  /** undefined: it couldn't be read, or isn't cloned yet. */
  readonly dashboard: Dashboard | undefined;
  /** When GitHub was last asked whether an issue stops Remit; undefined: not by itself, only for incidents. */
  readonly stopLookedAt: Instant | undefined;
}
