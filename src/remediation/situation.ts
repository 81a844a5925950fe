/** Everything that the next step depends on, as plain data: what is stored, and what was read in this reconcile. */
import type { Gate } from "../authority/gate.ts";
import type { Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { RepositoryView } from "./forge.ts";
import type { Basis } from "./recording/basis.ts";
import type { Response } from "./response.ts";
import type { ResponseSettings } from "./settings.ts";

export interface Situation {
  readonly now: Instant;
  readonly incident: Incident;
  readonly response: Response;
  readonly settings: ResponseSettings;
  /** GitHub's auto-merge may do what waits for its rules only. */
  readonly autoMerge?: boolean;
  /** `REMIT_STOP` is set. */
  readonly stopEnvironment: boolean;
  /** Head of the default branch as the mirror knows it; undefined before the first fetch. Costs no request. */
  readonly knownHead: string | undefined;
  /** GitHub's word in this reconcile; undefined until it was read. */
  readonly view: RepositoryView | undefined;
  /** When it was read; 0 before that. */
  readonly viewedAt: Instant;
  /** Another change may begin in this repository. Only looked at while a plan waits for that. */
  readonly placeFree: boolean;
  /** How the current remediation stands against `view`; undefined until it was assessed. */
  readonly assessment: Assessment | undefined;
  /** Permissions looked up in this reconcile, by login. */
  readonly permissions: ReadonlyMap<string, Permission>;
  /**
   * What registries said in this reconcile of the images that the current remediation goes to, nothing where none is configured;
   * undefined until they were asked.
   */
  readonly images: readonly Reason[] | undefined;
  /** What controllers reported about the target's revision since the current remediation was merged. */
  readonly delivery: Delivery;
}

export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** The current remediation, judged again at the base branch's present head. */
export interface Assessment {
  /** The base head that it was made for. */
  readonly head: string;
  /** Why the change no longer fits the base branch; undefined when it fits. */
  readonly obstacle: Reason | undefined;
  /** When the base branch got this very change, though GitHub doesn't say yet that it merged the pull request. */
  readonly mergedAt?: Instant | undefined;
  /** By the policy at that head. */
  readonly verdict: Verdict;
  /** For the ledger. */
  readonly basis?: Basis;
  /** From the pull request's real diff; undefined while there is no pull request. */
  readonly gate: Gate | undefined;
}

export interface Delivery {
  /** The first report that a revision with the merge in it was applied. */
  readonly applied: { readonly at: Instant; readonly revision: string; readonly application: string } | undefined;
  /** The newest report that applying such a revision failed. */
  readonly failed: { readonly at: Instant; readonly revision: string; readonly application: string } | undefined;
  /** The newest health reported for such a revision. */
  readonly health: "healthy" | "degraded" | "progressing" | "unknown";
}
