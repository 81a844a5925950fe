import { readFileSync, statSync } from "node:fs";
import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { plainSchema } from "../../../scripts/github-schemas/plain-schema.ts";
import { mutations } from "../../../src/sandbox/github/graphql/mutations/mutations.ts";
import { operationMatcher } from "../../../src/sandbox/github/rest/match-operation.ts";
import { routes } from "../../../src/sandbox/github/rest/routes.ts";
import { allowedKeys } from "../../../src/sandbox/github/validation/allowed-keys.ts";
import { coerceQuery } from "../../../src/sandbox/github/validation/coerce-query.ts";
import { RestDescription } from "../../../src/sandbox/github/validation/rest-description.ts";

const schemas = new URL("../../../src/sandbox/github/schema/", import.meta.url);
const description = new RestDescription();

test("what was extracted stays small", () => {
  const sizes = ["rest.json", "schema.graphql"].map((name) => statSync(new URL(name, schemas)).size);
  expect(Math.max(...sizes)).toBeLessThan(400_000);
});

test("every operation that was extracted has an answer, and every answer a description", () => {
  const described = description.operations.map((operation) => operation.id).filter((id) => id !== "rate-limit/get");
  expect([...routes.keys()].sort()).toEqual(described.sort());
});

test("every mutation of the schema is performed, and no other", () => {
  const schema = buildSchema(readFileSync(new URL("schema.graphql", schemas), "utf8"), { assumeValidSDL: true });
  expect(Object.keys(mutations).sort()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort());
});

describe("a path belongs to one operation", () => {
  const match = operationMatcher(description);
  test.each([
    ["GET", "/repos/a/b/git/ref/heads/x/y", "git/get-ref", { ref: "heads/x/y" }],
    ["GET", "/repos/a/b/git/ref/heads%2Fx", "git/get-ref", { ref: "heads/x" }],
    ["GET", "/repos/a/b/commits/heads/x/check-runs", "checks/list-for-ref", { ref: "heads/x" }],
    ["GET", "/repos/a/b/commits/abc", "repos/get-commit", { ref: "abc" }],
    ["GET", "/repos/a/b/contents/a%20b/c.yaml", "repos/get-content", { path: "a b/c.yaml" }],
    ["GET", "/repos/a/b/compare/x...y/z", "repos/compare-commits-with-basehead", { basehead: "x...y/z" }],
    ["GET", "/repos/a/b/branches/x/y/protection", "repos/get-branch-protection", { branch: "x/y" }],
    ["GET", "/repos/a/b/issues/comments/5", "issues/get-comment", { comment_id: "5" }],
    ["GET", "/repos/a/b/issues/5/comments", "issues/list-comments", { issue_number: "5" }],
    ["PUT", "/repos/a/b/pulls/5/merge", "pulls/merge", { pull_number: "5" }],
  ])("%s %s", (method, path, id, params) => {
    const found = match(method, path);
    expect(found?.operation.id).toBe(id);
    expect(found?.params).toMatchObject(params);
  });

  test("another method, or another path, belongs to none", () => {
    expect([match("PATCH", "/repos/a/b/pulls/5/merge"), match("GET", "/repos/a/b/nonsense")]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test.each([
  [
    { type: "string", nullable: true, enum: ["a"] },
    { type: ["string", "null"], enum: ["a", null] },
  ],
  [{ allOf: [{ type: "object" }], nullable: true }, { anyOf: [{ allOf: [{ type: "object" }] }, { type: "null" }] }],
  [{ oneOf: [{ type: "string", format: "uri" }] }, { anyOf: [{ type: "string" }] }],
  [
    { type: "object", description: "x", properties: { description: { type: "string", example: 1 } } },
    { type: "object", properties: { description: { type: "string" } } },
  ],
  [{ $ref: "#/components/schemas/simple-user", nullable: true }, { $ref: "#/schemas/simple-user" }],
])("an OpenAPI schema becomes a JSON Schema: %j", (schema, plain) => {
  expect(plainSchema(schema, () => {})).toEqual(plain);
});

test.each([
  [{ properties: { a: {} } }, ["a"]],
  [{ $ref: "#/schemas/x" }, ["x"]],
  [{ anyOf: [{ properties: { a: {} } }, { $ref: "#/schemas/x" }, { type: "null" }] }, ["a", "x"]],
  [{ properties: { a: {} }, additionalProperties: true }, undefined],
  [{ type: "array" }, undefined],
])("the keys that %j knows", (schema, keys) => {
  const known = allowedKeys(schema, { x: { properties: { x: {} } } });
  expect(known === undefined ? undefined : [...known].sort()).toEqual(keys);
});

test.each([
  ["integer", "12", 12],
  ["integer", "1x", "1x"],
  ["boolean", "true", true],
  ["array", "a,b", ["a", "b"]],
  ["string", "12", "12"],
])("a query parameter of type %s reads %s", (type, text, value) => {
  expect(coerceQuery({ type }, text)).toEqual(value);
});
