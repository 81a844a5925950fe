import { expect, test } from "vitest";
import { withOpenPulls } from "../../src/remediation/with-open-pulls.ts";

const target = { service: "checkout", environment: "production", namespace: "shop" };
const branch = (slug: string) => `remit/rollback/${slug}/3f2a9c1b40de`;
const others = [branch("cart-production"), branch("checkout-staging")];
const counted = (...slugs: string[]) => ({ sickServices: 2, branchesUnderWay: slugs.map(branch) });
const storm = (changesUnderWay: number) => ({ sickServices: 2, changesUnderWay });

test("what is open on GitHub counts beside what the store knows, and once where it is both", () => {
  expect(withOpenPulls(counted(), others, target)).toEqual(storm(2));
  expect(withOpenPulls(counted("cart-production"), others, target)).toEqual(storm(2));
  expect(withOpenPulls(counted("cart-production", "search-production"), others, target)).toEqual(storm(3));
  expect(withOpenPulls(counted("billing-production", "search-production"), others, target)).toEqual(storm(4));
});

test("the target's own branches don't count, those that nobody can read do", () => {
  expect(withOpenPulls(counted(), [...others, branch("checkout-production")], target)).toEqual(storm(2));
  expect(withOpenPulls(counted(), [...others, "remit/unknown"], target)).toEqual(storm(3));
});

test("what asks for a policy changes nothing, so it takes no place", () => {
  expect(withOpenPulls(counted(), [...others, "remit/onboarding"], target)).toEqual(storm(2));
});

test("where nobody asked GitHub, what the store knows counts", () => {
  expect(withOpenPulls(counted(), undefined, target)).toEqual(storm(0));
  expect(withOpenPulls("unreadable", others, target)).toBe("unreadable");
});
