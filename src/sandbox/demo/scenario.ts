/** What goes wrong in the demo, and how it should end. */
import type { Instant } from "../../clock.ts";
import type { Health } from "../cluster/cluster-event.ts";
import type { Settings } from "../cluster/manifests.ts";
import { type PodNature, tireless } from "../cluster/pods.ts";
import { autoscalerFile, flagsFile, overlayFile } from "./shop-files.ts";
import {
  badFlag,
  badRelease,
  type ShopCommit,
  shopHistory,
  shopHistoryWithAutoscaler,
  shopHistoryWithFlags,
} from "./shop-history.ts";

export const scenarioNames = [
  "bad-deploy",
  "bad-flag",
  "traffic-spike",
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
  /** What its pods can take. */
  readonly nature: PodNature;
}

export interface Round {
  readonly acts: readonly Act[];
  /** When it is looked at from outside, where there are several such moments. */
  readonly when?: string;
  /** Changes that Remit makes before it waits for people: the fix, perhaps its undo. */
  readonly remediations: 1 | 2;
  /** The file that is another one afterwards than the acts left it. */
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

const hour = 60 * 60_000;
/** The pods are up and their probes pass, so Argo CD calls it healthy: only the customers notice. */
const badErrorRate = 0.6;
const asBefore: Outcome = { words: "is byte for byte what it was before", from: (before) => before };
const overlayOfCheckout = overlayFile("checkout", "production");

const badDeploy: Scenario = {
  name: "bad-deploy",
  summary: "a bad version reaches production; the policy lets Remit roll it back alone",
  history: shopHistory,
  rounds: [
    { acts: [{ kind: "commit", commit: badRelease }], remediations: 1, file: overlayOfCheckout, becomes: asBefore },
  ],
  bad: badVersion,
  tier: "merge",
  approved: false,
  suspended: false,
  inVain: undefined,
  recovers: true,
  behaviour: () => (version) => ({ errorRate: version === badVersion ? badErrorRate : 0, health: "Healthy" }),
  nature: tireless,
};

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  "bad-deploy": badDeploy,
  "bad-flag": {
    ...badDeploy,
    name: "bad-flag",
    summary: "a feature is switched on and breaks production: Remit switches it off again, and the release stays",
    history: shopHistoryWithFlags,
    rounds: [
      {
        acts: [{ kind: "commit", commit: badFlag }],
        remediations: 1,
        file: flagsFile("checkout", "production"),
        becomes: asBefore,
      },
    ],
    bad: `${troubledFlag}=true`,
    behaviour: () => (_, settings) => {
      const broken = settings.get(troubledFlag) === "true";
      return { errorRate: broken ? badErrorRate : 0, health: broken ? "Degraded" : "Healthy" };
    },
  },
  "traffic-spike": {
    ...badDeploy,
    name: "traffic-spike",
    summary:
      "four times the customers: Remit lets the autoscaler go further, and takes that back when its time is over",
    history: shopHistoryWithAutoscaler,
    rounds: [
      {
        acts: [{ kind: "traffic", load: 4, message: "A sale begins: four times as many customers as usually" }],
        when: "while the sale lasts",
        remediations: 1,
        file: autoscalerFile("checkout", "production"),
        becomes: {
          words: "says maxReplicas: 9, and is byte for byte what it was before beside that",
          from: (before) => before.replace("maxReplicas: 6", "maxReplicas: 9"),
        },
      },
      {
        acts: [
          { kind: "traffic", load: 1, message: "The sale is over: as many customers as usually" },
          { kind: "later", ms: 4 * hour, words: "four hours" },
        ],
        when: "after the sale",
        remediations: 1,
        file: autoscalerFile("checkout", "production"),
        becomes: asBefore,
      },
    ],
    bad: undefined,
    behaviour: () => () => ({ errorRate: 0, health: "Healthy" }),
    // Three pods carry an ordinary day at the three quarters that the autoscaler aims at; nine of them just carry the sale.
    nature: { ...tireless, capacity: 0.45 },
  },
  "needs-review": {
    ...badDeploy,
    name: "needs-review",
    summary: "the same, but the policy only lets Remit propose: bob approves, then it merges",
    tier: "propose",
    approved: true,
  },
  "fix-does-not-help": {
    ...badDeploy,
    name: "fix-does-not-help",
    summary: "the release wasn't the cause: Remit undoes its own change, once, and calls a person",
    rounds: badDeploy.rounds.map((round) => ({ ...round, remediations: 2 })),
    inVain: "verifyWithinMs",
    recovers: false,
    behaviour: () => {
      let outage = false;
      return (version) => {
        outage ||= version === badVersion;
        return { errorRate: outage ? badErrorRate : 0, health: "Healthy" };
      };
    },
  },
  undelivered: {
    ...badDeploy,
    name: "undelivered",
    summary: "the fix is merged, but the controller is suspended: Remit calls a person and undoes nothing",
    suspended: true,
    inVain: "deliverWithinMs",
    recovers: false,
  },
};
