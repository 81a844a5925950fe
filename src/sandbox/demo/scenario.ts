/** What goes wrong in the demo, and how it should end. */
import type { Instant } from "../../clock.ts";
import type { Health } from "../cluster/cluster-event.ts";
import type { Settings } from "../cluster/manifests.ts";
import type { PodNature } from "../cluster/pods.ts";
import type { ShopCommit } from "./shop-history.ts";

export const scenarioNames = [
  "bad-deploy",
  "bad-flag",
  "traffic-spike",
  "oom",
  "oom-leak",
  "needs-review",
  "fix-does-not-help",
  "undelivered",
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  readonly name: ScenarioName;
  /** One line for people. */
  readonly summary: string;
  /** What the repository holds when the story begins. */
  readonly history: (now: Instant, tier: Scenario["tier"]) => readonly ShopCommit[];
  /** What happens. Remit is waited for after each round. */
  readonly rounds: readonly Round[];
  /** What must not run, as the page calls it. */
  readonly bad: string | undefined;
  /** What the shop's policy allows. */
  readonly tier: "merge" | "propose";
  /** Bob approves the pull request. */
  readonly approved: boolean;
  /** The controller stops applying anything once the alert fires. */
  readonly suspended: boolean;
  /** What Remit waits for in vain, if anything. */
  readonly inVain: "deliverWithinMs" | "verifyWithinMs" | undefined;
  /** false: it ends with a person. */
  readonly recovers: boolean;
  /** How the service behaves; made anew for each run, since an outage remembers that it began. */
  readonly behaviour: () => (
    version: string,
    settings: Settings,
  ) => { readonly errorRate: number; readonly health: Health };
  /** What its pods can take, when the story begins at this moment. */
  readonly nature: (startedAt: Instant) => PodNature;
}

export interface Round {
  readonly acts: readonly Act[];
  /** When it is looked at from outside, where there are several such moments. */
  readonly when?: string;
  /** Changes that Remit makes before it waits for people: the fix, perhaps its undo. */
  readonly remediations: 0 | 1 | 2;
  /** The only file that these change. */
  readonly file: string;
  readonly becomes: Outcome;
}

/** How a file should be when Remit is done. */
export interface Outcome {
  /** For people, after the file's name. */
  readonly words: string;
  /** From the text before the first act. */
  readonly from: (before: string) => string;
}

export type Act =
  | { readonly kind: "commit"; readonly commit: (now: Instant) => ShopCommit }
  /** So many customers come, in ordinary days. */
  | { readonly kind: "traffic"; readonly load: number; readonly message: string }
  | { readonly kind: "later"; readonly ms: number; readonly words: string };

/** In checkout's `flags.env`. */
export const troubledFlag = "EXPRESS_CHECKOUT";
export const goodVersion = "v1.4.2";
export const badVersion = "v1.5.0";
