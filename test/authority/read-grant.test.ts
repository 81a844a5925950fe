import { expect, test } from "vitest";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { grantOf, mistakesOf } from "./policy-text.ts";

const match = "match: {services: [checkout]}";
const minute = 60_000;

test("what isn't written has its default", () => {
  expect(grantOf(match)).toEqual({
    name: "checkout-rollback",
    match: { environments: ["*"], services: ["checkout"], namespaces: ["*"], actions: ["*"] },
    tier: "delay",
    mode: "enforce",
    vetoWindowMs: 5 * minute,
    limits: defaultLimits,
    requires: { approvals: 1, permission: "write", maxAgeMs: 30 * minute },
    when: [],
  });
  expect(grantOf(`${match}, requires: {}`).requires).toEqual(grantOf(match).requires);
});

test("what is written counts", () => {
  const text = `${match}, mode: warn, vetoWindow: 1h, limits: {lines: 5}, requires: {approvals: 10, permission: admin, maxAge: 1m}, when: [incident.alerts > 1]`;
  expect(grantOf(text)).toMatchObject({
    mode: "warn",
    vetoWindowMs: 60 * minute,
    limits: { lines: 5 },
    requires: { approvals: 10, permission: "admin", maxAgeMs: minute },
    when: [{ expression: "incident.alerts > 1" }],
  });
  expect(grantOf(`${match}, vetoWindow: 0s`).vetoWindowMs).toBe(0);
});

test.each([
  ["mode: enforced", 'mode can\'t be "enforced"', "one of audit, warn, enforce"],
  ["vetoWindow: 8d", 'vetoWindow can\'t be "8d"', "a duration of at most 7 days, such as 30m"],
  ["limits: {lines: 0}", 'lines can\'t be "0"', "a whole number from 1 to 1000"],
  ["requires: {approvals: 0}", 'approvals can\'t be "0"', "a whole number from 1 to 10"],
  ["requires: {approvals: 11}", 'approvals can\'t be "11"', "a whole number from 1 to 10"],
  ["requires: {permission: read}", 'permission can\'t be "read"', "one of write, maintain, admin"],
  ["requires: {maxAge: 59s}", 'maxAge can\'t be "59s"', "a duration from 1m to 7 days, such as 30m"],
  ["requires: {approval: 2}", 'requires has no key "approval"', "one of approvals, permission, maxAge"],
  ["requires: 2", "requires isn't a mapping", "a mapping"],
  ["when: []", "when is empty, and empty never means all", undefined],
  ["modes: warn", 'a grant has no key "modes"', "one of name, match, tier, mode, vetoWindow, limits, requires, when"],
])("a grant with {%s} is refused: %s", (text, message, expected) => {
  expect(mistakesOf(`${match}, ${text}`)).toMatchObject([{ line: 10, message, expected }]);
});

const whole = (grant: string) =>
  parseAuthority(
    `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: a}\nspec: {version: 1, grants: [${grant}]}\n`,
    "authority.yaml",
  );

test.each([
  ["{match: {services: [a]}, tier: merge}", "a grant lacks name"],
  ["{name: a, match: {services: [a]}}", "a grant lacks tier"],
  ["{name: a, match: {services: [a]}, tier: all}", 'tier can\'t be "all"'],
  ["{name: A, match: {services: [a]}, tier: merge}", 'name can\'t be "A"'],
  ["merge", "a grant isn't a mapping"],
])("the grant %s is refused: %s", (grant, message) => {
  const { authority, mistakes } = whole(grant);
  expect(authority).toBeUndefined();
  expect(mistakes).toMatchObject([{ message }]);
});

test.each(["observe", "suggest", "propose", "delay", "merge"])("a grant may say %s", (tier) => {
  expect(whole(`{name: a, match: {services: [a]}, tier: ${tier}}`).authority?.grants).toMatchObject([{ tier }]);
});
