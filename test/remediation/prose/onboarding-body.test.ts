import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyLimit } from "../../../src/github/fit-body.ts";
import { onboardingBody } from "../../../src/remediation/prose/onboarding-body.ts";
import { offer } from "./any-offer.ts";
import { activeMarkup, codeFree } from "./code-free.ts";
import { hostileText } from "./hostile.ts";

/** The folds are ours; whatever else would be markup came from a name. */
const fold = /<\/?(?:details|summary)>/g;

const folds = ["<details>", "<summary>", "</summary>", "</details>"];

describe("the pull request that asks for a policy", () => {
  it("is as reviewed", async () => {
    await expect(onboardingBody(offer(["cart", "catalog", "checkout"]))).toMatchFileSnapshot(
      "../../golden/prose/onboarding.md",
    );
  });

  it("field note S25: shows names that try to be more than names as code", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 20 }), (names) => {
        const body = onboardingBody(offer(names));
        expect(codeFree(body).match(fold)).toEqual([...folds, ...folds]);
        expect(activeMarkup(body)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("is never cut, however much there is", () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `${index} ${"x".repeat(300)}`);
    const environments = names.map((name) => ({ name, services: names, fields: 1 }));
    const past = offer([]).past;
    const all = offer(names, {
      targets: { count: 25_000_000, uncounted: false, environments },
      past: past && { ...past, report: "r".repeat(100_000) },
    });
    expect(onboardingBody(all).length).toBeLessThan(bodyLimit);
    expect(onboardingBody(all)).toContain("…and 4960 more environments.");
    expect(onboardingBody(all)).toContain("How to grant more later");
  });

  it.each([
    ["nothing was taken back", { found: 0, replayed: 0, report: undefined }, "no rollback by a person was found"],
    ["everything was replayed", { found: 1, replayed: 1, cut: false }, "took something back once. Remit was given"],
    ["some failed", { failed: 2 }, "| failed | 2 |"],
  ])("says so where %s", (_, change, expected) => {
    const { past } = offer([]);
    expect(onboardingBody(offer(["cart"], { past: past && { ...past, ...change } }))).toContain(expected);
  });

  it("says so where the history couldn't be replayed, and promises no dashboard where there is none", () => {
    const body = onboardingBody(offer(["cart"], { past: undefined, dashboard: false }));
    expect(body).toContain("history couldn't be replayed");
    expect(body).not.toContain("dashboard");
  });
});
