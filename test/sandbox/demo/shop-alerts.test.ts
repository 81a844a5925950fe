import { describe, expect, test } from "vitest";
import type { Sample } from "../../../src/sandbox/cluster/scrape.ts";
import { shopAlerts } from "../../../src/sandbox/demo/shop-alerts.ts";

const nothing: Sample = { at: 0, total: 0, failed: 0, errors: 0, turnedAway: 0, oomKills: 0 };

/** The value of one rule over one second of samples, a tenth of a second apart. */
function ruleValue(name: string, samples: readonly Partial<Sample>[]): number | undefined {
  const series = samples.map((counts, index) => ({ ...nothing, ...counts, at: index * 100 }));
  return shopAlerts(0)
    .find((rule) => rule.name === name)
    ?.value(series, 1_000, 900);
}

describe("what the shop is alerted of", () => {
  test.each(["HighErrorRate", "ServiceOverloaded"] as const)(
    "%s says nothing of a window with hardly a request, as a busy machine has them",
    (name) => {
      const failed = { errors: 0, turnedAway: 0 };
      expect(ruleValue(name, [{}, { total: 4, ...failed }])).toBeUndefined();
      expect(ruleValue(name, [{}, { total: 5, ...failed }])).toBe(0);
    },
  );

  test("each is about its own kind of failure", () => {
    const samples = [{}, { total: 20, failed: 15, errors: 5, turnedAway: 10 }];
    expect(ruleValue("HighErrorRate", samples)).toBe(0.25);
    expect(ruleValue("ServiceOverloaded", samples)).toBe(0.5);
    expect(ruleValue("ContainerOOMKilled", [...samples, {}])).toBe(0);
  });

  test("kills are counted where the kernel must have looked in between", () => {
    expect(ruleValue("ContainerOOMKilled", [{}, { oomKills: 0 }])).toBeUndefined();
    expect(ruleValue("ContainerOOMKilled", [{}, { oomKills: 0 }, { oomKills: 2 }])).toBe(2);
  });
});
