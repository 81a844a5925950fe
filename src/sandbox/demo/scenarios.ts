/** The scenarios: each is the shop with something that goes wrong in it. */
import { tireless } from "../cluster/pods.ts";
import { badVersion, type Outcome, type Scenario, type ScenarioName, troubledFlag } from "./scenario.ts";
import { autoscalerFile, flagsFile, overlayFile, resourcesFile } from "./shop-files.ts";
import {
  badFlag,
  badRelease,
  shopHistory,
  shopHistoryWithAutoscaler,
  shopHistoryWithFlags,
  shopHistoryWithResources,
} from "./shop-history.ts";

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
  nature: () => tireless,
};

/** A half more, in limit and request alike. */
const moreMemory: Outcome = {
  words: "says 384Mi, and is byte for byte what it was before beside that",
  from: (before) => before.replaceAll("256Mi", "384Mi"),
};
const resourcesOfCheckout = resourcesFile("checkout", "production");

const oom: Scenario = {
  ...badDeploy,
  name: "oom",
  summary: "twice the customers need more memory than there is: Remit gives a half more, once",
  history: shopHistoryWithResources,
  rounds: [
    {
      acts: [{ kind: "traffic", load: 2, message: "A campaign begins: twice as many customers as usually" }],
      remediations: 1,
      file: resourcesOfCheckout,
      becomes: moreMemory,
    },
  ],
  bad: undefined,
  behaviour: () => () => ({ errorRate: 0, health: "Healthy" }),
  // Each customer's basket is kept in memory: 230 MiB on an ordinary day, 330 in the campaign.
  nature: () => ({ ...tireless, workingSetMi: (load) => 130 + 300 * load }),
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
    nature: () => ({ ...tireless, capacity: 0.45 }),
  },
  oom,
  "oom-leak": {
    ...oom,
    name: "oom-leak",
    summary: "more memory helps for some hours, then it runs out again: Remit gives no more, and calls a person",
    rounds: [
      {
        acts: [{ kind: "later", ms: 6 * hour, words: "six hours" }],
        when: "after six hours",
        remediations: 1,
        file: resourcesOfCheckout,
        becomes: moreMemory,
      },
      {
        acts: [{ kind: "later", ms: 20 * hour, words: "twenty hours" }],
        when: "after twenty more",
        remediations: 0,
        file: resourcesOfCheckout,
        becomes: moreMemory,
      },
    ],
    recovers: false,
    // A cache that nobody ever empties, and that each pod reads when it starts: a restart helps as little as more memory does.
    nature: (startedAt) => ({
      ...tireless,
      workingSetMi: (_, now) => 230 + (8 * (now - startedAt)) / hour,
    }),
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
