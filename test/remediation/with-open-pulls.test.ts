import { expect, test } from "vitest";
import { withOpenPulls } from "../../src/remediation/with-open-pulls.ts";

const target = { service: "checkout", environment: "production", namespace: "shop" };
const storm = (changesUnderWay: number) => ({ sickServices: 2, changesUnderWay });
const branch = (slug: string) => `remit/rollback/${slug}/3f2a9c1b40de`;
const others = [branch("cart-production"), branch("checkout-staging")];

test("what is open on GitHub counts where the store knows of less", () => {
  expect(withOpenPulls(storm(0), others, target)).toEqual(storm(2));
  expect(withOpenPulls(storm(1), others, target)).toEqual(storm(2));
  expect(withOpenPulls(storm(3), others, target)).toEqual(storm(3));
});

test("the target's own branches don't count, those that nobody can read do", () => {
  expect(withOpenPulls(storm(0), [...others, branch("checkout-production")], target)).toEqual(storm(2));
  expect(withOpenPulls(storm(0), [...others, "remit/unknown"], target)).toEqual(storm(3));
});

test("what asks for a policy changes nothing, so it takes no place", () => {
  expect(withOpenPulls(storm(0), [...others, "remit/onboarding"], target)).toEqual(storm(2));
});

test("where nobody asked GitHub, what the store knows counts", () => {
  expect(withOpenPulls(storm(0), undefined, target)).toEqual(storm(0));
  expect(withOpenPulls("unreadable", others, target)).toBe("unreadable");
});
