import { expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import { repositoryName } from "../../src/github/repository-name.ts";

it("splits a name, dots and dashes included", () => {
  expect(repositoryName("acme/shop")).toEqual({ owner: "acme", name: "shop" });
  expect(repositoryName("a-1_b/.github")).toEqual({ owner: "a-1_b", name: ".github" });
  expect(repositoryName(`${"a".repeat(39)}/${"b".repeat(100)}`).name).toHaveLength(100);
});

it.each([
  "",
  "shop",
  "acme/",
  "/shop",
  "acme/.",
  "acme/..",
  "acme/shop/x",
  "acme/../etc",
  "-acme/shop",
  "acme/a b",
  `acme/${"b".repeat(101)}`,
  `${"a".repeat(40)}/shop`,
])("%j is no repository, and people are told so in a line", (text) => {
  let error: unknown;
  try {
    repositoryName(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(RemitError);
  expect(error).toMatchObject({ code: "repository-unknown", audience: "user" });
});

it("repeats no more than the beginning of what is none", () => {
  expect(() => repositoryName("x".repeat(10_000))).toThrow(/^"x{150}" is no repository/);
});
