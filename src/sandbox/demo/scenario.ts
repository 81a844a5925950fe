/** What goes wrong in the demo, and how it should end. */
import type { Health } from "../cluster/cluster-event.ts";
import type { Settings } from "../cluster/manifests.ts";

export const scenarioNames = ["bad-deploy", "bad-flag", "needs-review", "fix-does-not-help", "undelivered"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  readonly name: ScenarioName;
  /** One line for people. */
  readonly summary: string;
  /** What a person merges that breaks it. */
  readonly trouble: "release" | "flag";
  /** What the shop's policy allows. */
  readonly tier: "merge" | "propose";
  /** Bob approves the pull request. */
  readonly approved: boolean;
  /** The controller stops applying anything once the bad version runs. */
  readonly suspended: boolean;
  /** What Remit waits for in vain, if anything. */
  readonly inVain: "deliverWithinMs" | "verifyWithinMs" | undefined;
  /** Changes that Remit makes before it waits for people: the fix, perhaps its undo. */
  readonly remediations: 1 | 2;
  /** How the service behaves; made anew for each run, since an outage remembers that it began. */
  readonly behaviour: () => (
    version: string,
    settings: Settings,
  ) => { readonly errorRate: number; readonly health: Health };
}

/** In checkout's `flags.env`. */
export const troubledFlag = "EXPRESS_CHECKOUT";
export const goodVersion = "v1.4.2";
export const badVersion = "v1.5.0";

/** The pods are up and their probes pass, so Argo CD calls it healthy: only the customers notice. */
const badErrorRate = 0.6;

const badDeploy: Scenario = {
  name: "bad-deploy",
  summary: "a bad version reaches production; the policy lets Remit roll it back alone",
  trouble: "release",
  tier: "merge",
  approved: false,
  suspended: false,
  inVain: undefined,
  remediations: 1,
  behaviour: () => (version) => ({ errorRate: version === badVersion ? badErrorRate : 0, health: "Healthy" }),
};

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  "bad-deploy": badDeploy,
  "bad-flag": {
    ...badDeploy,
    name: "bad-flag",
    summary: "a feature is switched on and breaks production: Remit switches it off again, and the release stays",
    trouble: "flag",
    behaviour: () => (_, settings) => {
      const broken = settings.get(troubledFlag) === "true";
      return { errorRate: broken ? badErrorRate : 0, health: broken ? "Degraded" : "Healthy" };
    },
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
    inVain: "verifyWithinMs",
    remediations: 2,
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
  },
};
