import { expect, test } from "vitest";
import { minimumTier } from "../../src/authority/minimum-tier.ts";
import { tiers } from "../../src/authority/verdict.ts";
import { nearestWord } from "../../src/nearest-word.ts";

test.each([
  ["teir", "tier"],
  ["Services", "services"],
  ["service", "services"],
  ["lmits", "limits"],
  ["x", undefined],
  ["completely-different", undefined],
  ["", undefined],
])("the nearest word to %j is %s", (word, nearest) => {
  expect(nearestWord(word, ["tier", "services", "limits", "environments"])).toBe(nearest);
});

test("a known word is nearest to itself", () => {
  for (const tier of tiers) expect(nearestWord(tier, tiers)).toBe(tier);
});

test("the lowest tier counts, and nothing given is nothing allowed", () => {
  expect(minimumTier(["merge", "propose", "delay"])).toBe("propose");
  expect(minimumTier([])).toBe("observe");
});
