/** How fast the demo's world turns. Every wait is here; nothing else in the sandbox knows a duration. */
import { defaultSettings, type ResponseSettings } from "../../remediation/settings.ts";
import type { ClusterPace } from "../cluster/start-cluster.ts";

export interface Pace {
  readonly cluster: ClusterPace;
  readonly alerting: {
    readonly windowMs: number;
    readonly forMs: number;
    readonly evaluateEveryMs: number;
    readonly repeatMs: number;
  };
  readonly requestsPerSecond: number;
  /** A healthy service is watched for this long before anything happens. */
  readonly quietMs: number;
  /** Remit looks so often whose time is over. */
  readonly leasesEveryMs: number;
  /** A person takes this long to read a pull request. */
  readonly reviewMs: number;
  readonly remit: ResponseSettings;
  /** Remit's patience for the one thing that a scenario makes it wait for in vain. */
  readonly inVainMs: number;
  /** The demo gives up after this long for each round. */
  readonly giveUpMs: number;
}

/** Told in about forty seconds. */
export const storyPace: Pace = {
  cluster: { pollMs: 500, delayMs: 3_000, rolloutMs: 1_500, scrapeMs: 500, tendMs: 1_000 },
  alerting: { windowMs: 5_000, forMs: 3_000, evaluateEveryMs: 500, repeatMs: 8_000 },
  requestsPerSecond: 25,
  quietMs: 6_000,
  leasesEveryMs: 2_000,
  reviewMs: 4_000,
  remit: {
    ...defaultSettings,
    deliverWithinMs: 30_000,
    verifyWithinMs: 30_000,
    observeEveryMs: 1_500,
    pollEveryMs: 5_000,
    settleMs: 200,
  },
  inVainMs: 10_000,
  giveUpMs: 180_000,
};

/** Over within a few seconds, with the same steps. */
export const instantPace: Pace = {
  cluster: { pollMs: 50, delayMs: 50, rolloutMs: 50, scrapeMs: 50, tendMs: 50 },
  alerting: { windowMs: 500, forMs: 150, evaluateEveryMs: 50, repeatMs: 1_000 },
  requestsPerSecond: 50,
  quietMs: 300,
  leasesEveryMs: 300,
  reviewMs: 100,
  remit: {
    ...defaultSettings,
    deliverWithinMs: 20_000,
    verifyWithinMs: 20_000,
    observeEveryMs: 150,
    pollEveryMs: 2_000,
    settleMs: 25,
  },
  inVainMs: 3_000,
  giveUpMs: 60_000,
};
