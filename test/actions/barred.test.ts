import { expect, test } from "vitest";
import { barred } from "../../src/actions/barred.ts";

const digest = `sha256:${"a".repeat(64)}`;
const commit = "c".repeat(40);
const barrier = { services: [], values: [], commits: [], reason: "fixes a vulnerability" };

test.each([
  ["the value itself", "v1.4.2", "v1.4.2"],
  ["the tag of an image", "registry.example:5000/shop/checkout:v1.4.2", "v1.4.2"],
  ["the tag of an image with a digest", `shop/checkout:v1.4.2@${digest}`, "v1.4.2"],
  ["the digest of an image", `shop/checkout:v1.4.2@${digest}`, digest],
  ["a tag before a digest", `v1.4.2@${digest}`, "v1.4.2"],
])("%s is barred", (_, restored, forbidden) => {
  const barriers = [{ ...barrier, values: [forbidden] }];
  expect(barred(barriers, { service: "checkout", values: [restored], commits: [] })?.code).toBe("target-value-barred");
});

test.each([
  ["a part of a value", "v1.4.21", "v1.4.2"],
  ["the port of a registry", "registry.example:5000/shop/checkout", "5000"],
  ["the name of an image", "shop/v1.4.2:v2", "v1.4.2"],
])("%s isn't", (_, restored, forbidden) => {
  const barriers = [{ ...barrier, values: [forbidden] }];
  expect(barred(barriers, { service: "checkout", values: [restored], commits: [] })).toBeUndefined();
});

test("a barrier that names services bars nothing of others, and one of several is enough", () => {
  const barriers = [
    { ...barrier, services: ["cart"], values: ["v1", "v2"], commits: [commit] },
    { ...barrier, services: ["checkout", "search"], values: ["v3", "v4"] },
  ];
  const why = (service: string, values: readonly string[], commits: readonly string[] = []) =>
    barred(barriers, { service, values, commits })?.message;
  expect(why("checkout", ["v1"], [commit])).toBeUndefined();
  expect(why("cart", ["v3"])).toBeUndefined();
  expect(why("checkout", ["v9", "v4"])).toBe("a barrier forbids going back to v4");
  expect(why("search", ["v3"])).toBe("a barrier forbids going back to v3");
  const twoCommits = [{ ...barrier, commits: ["d".repeat(12), commit] }];
  expect(barred(twoCommits, { service: "cart", values: [], commits: ["e".repeat(40), commit] })?.message).toBe(
    `a barrier forbids taking back ${commit.slice(0, 12)}`,
  );
});

test("a commit's own beginning counts, not its end; and a value counts as it is written, even in the shape of nothing known", () => {
  const taken = { service: "checkout", values: ["a@b@c"], commits: [`${"a".repeat(20)}${"c".repeat(20)}`] };
  expect(barred([{ ...barrier, commits: ["c".repeat(20)] }], taken)).toBeUndefined();
  expect(barred([{ ...barrier, values: ["a@b@c"] }], taken)?.code).toBe("target-value-barred");
});

test("a commit is barred by at least twelve of its digits", () => {
  const taken = { service: "checkout", values: [], commits: [commit] };
  expect(barred([{ ...barrier, commits: [commit.slice(0, 12).toUpperCase()] }], taken)?.code).toBe(
    "target-value-barred",
  );
  expect(barred([{ ...barrier, commits: [commit.slice(0, 11)] }], taken)).toBeUndefined();
});
