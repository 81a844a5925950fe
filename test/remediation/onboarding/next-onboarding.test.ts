import { describe, expect, it } from "vitest";
import { nextOnboarding } from "../../../src/remediation/onboarding/next-onboarding.ts";
import type { OnboardingPull, OnboardingView } from "../../../src/remediation/onboarding/onboarding.ts";

const view: OnboardingView = {
  repositoryId: "R_1",
  nameWithOwner: "acme/shop",
  archived: false,
  fork: false,
  base: { branch: "main", head: "a".repeat(40) },
  policy: false,
  stopped: false,
  branch: undefined,
  pull: undefined,
};

const pull = (state: OnboardingPull["state"], untouched = true): OnboardingPull => ({
  ...{ id: "P_1", number: 1, state, untouched },
});

describe("a repository", () => {
  it.each<[string, Partial<OnboardingView>, object]>([
    ["that was never asked is asked", {}, { do: "open" }],
    ["that is archived isn't", { archived: true }, { do: "settle" }],
    ["that is a fork isn't", { fork: true }, { do: "settle" }],
    ["without a commit isn't yet", { base: undefined }, { do: "wait", for: "commit" }],
    ["that is stopped isn't yet", { stopped: true }, { do: "wait", for: "start" }],
    ["that has a policy isn't", { policy: true }, { do: "settle" }],
    ["that has one, stopped or not, isn't", { policy: true, stopped: true }, { do: "settle" }],
    ["that was asked isn't again", { pull: pull("open") }, { do: "leave" }],
    ["that said no isn't again", { pull: pull("closed") }, { do: "leave" }],
    [
      "that said no isn't again, stopped or a fork by now",
      { pull: pull("closed"), fork: true, stopped: true },
      { do: "leave" },
    ],
    ["that said yes is through with it", { pull: pull("merged") }, { do: "settle" }],
    ["that said yes and took it back isn't asked again", { pull: pull("merged"), policy: false }, { do: "settle" }],
    [
      "that got a policy by another way has its question taken back",
      { policy: true, pull: pull("open") },
      { do: "close", pull: pull("open") },
    ],
    ["not while it is stopped", { policy: true, stopped: true, pull: pull("open") }, { do: "wait", for: "start" }],
    ["not what people have taken over", { policy: true, pull: pull("open", false) }, { do: "settle" }],
    ["not what is closed already", { policy: true, pull: pull("closed") }, { do: "settle" }],
    ["not in an archived one", { archived: true, policy: true, pull: pull("open") }, { do: "settle" }],
  ])("%s", (_, change, step) => {
    expect(nextOnboarding({ ...view, ...change })).toEqual(step);
  });
});
