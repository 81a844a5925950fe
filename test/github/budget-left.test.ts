import { expect, it } from "vitest";
import { budgetLeft } from "../../src/github/budget-left.ts";

const said = {
  "x-ratelimit-resource": "graphql",
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": "0",
  "x-ratelimit-reset": "1764000000",
};

it("what GitHub says is left is read from its headers", () => {
  expect(budgetLeft(said)).toEqual({ resource: "graphql", limit: 5_000, remaining: 0, resetAt: 1_764_000_000_000 });
});

it.each([
  ["nothing at all", {}],
  ["no limit", { ...said, "x-ratelimit-limit": undefined }],
  ["no number", { ...said, "x-ratelimit-remaining": "many" }],
  ["less than none", { ...said, "x-ratelimit-remaining": "-1" }],
  ["a resource that isn't a word", { ...said, "x-ratelimit-resource": "<b>" }],
])("an answer that says %s tells nothing", (_, headers) => {
  expect(budgetLeft(headers)).toBeUndefined();
});
