import { expect, test } from "vitest";
import type { Authority } from "../../../src/authority/authority.ts";
import { parseAuthority } from "../../../src/authority/parse-authority.ts";
import { raisesAuthority } from "../../../src/authority/signing/raises-authority.ts";

const policy = (spec: string): Authority => {
  const text = `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec:\n  version: 1\n${spec}`;
  const { authority, mistakes } = parseAuthority(text, "authority.yaml");
  expect(mistakes).toEqual([]);
  if (authority === undefined) throw new Error("no policy");
  return authority;
};
const grants = (...lines: readonly string[]) => policy(`  grants: [${lines.join(", ")}]\n`);
const checkout = (more: string) => `{name: checkout, match: {services: [checkout]}, ${more}}`;
const production = "{name: production, match: {environments: [production]}, tier: propose}";
const window = (kind: string, hours: number) => `{kind: ${kind}, schedule: "0 16 * * 5", duration: ${hours}h}`;
const frozen = (...lines: readonly string[]) => policy(`  grants: []\n  freeze: [${lines.join(", ")}]\n`);
const barred = (...values: readonly string[]) =>
  policy(`  grants: []\n  barriers: [${values.map((value) => `{values: ["${value}"], reason: bad}`).join(", ")}]\n`);

test.each<[string, Authority, Authority]>([
  ["a tier", grants(checkout("tier: propose")), grants(checkout("tier: delay"))],
  ["a mode", grants(checkout("tier: merge, mode: warn")), grants(checkout("tier: merge"))],
  ["a new grant", grants(), grants(checkout("tier: propose"))],
  [
    "a grant for one action of several",
    grants("{name: checkout, match: {services: [checkout], actions: [rollback]}, tier: merge}"),
    grants(checkout("tier: merge")),
  ],
  ["a grant that only observed and goes", grants(checkout("tier: observe")), grants()],
  [
    "a low grant that goes, so that a general one decides",
    grants(production, checkout("tier: suggest")),
    grants(production),
  ],
  [
    "a condition that goes",
    grants(checkout("tier: merge, when: [change.files == 1]")),
    grants(checkout("tier: merge")),
  ],
  ["a shorter veto window", grants(checkout("tier: delay, vetoWindow: 1h")), grants(checkout("tier: delay"))],
  ["fewer approvals", grants(checkout("tier: propose, requires: {approvals: 2}")), grants(checkout("tier: propose"))],
  [
    "approvals by more people",
    grants(checkout("tier: propose, requires: {permission: admin}")),
    grants(checkout("tier: propose, requires: {permission: maintain}")),
  ],
  ["older approvals", grants(checkout("tier: propose")), grants(checkout("tier: propose, requires: {maxAge: 31m}"))],
  ["a shorter cooldown", grants(checkout("tier: merge")), grants(checkout("tier: merge, limits: {cooldown: 29m}"))],
  ["a higher rate", grants(checkout("tier: merge")), grants(checkout("tier: merge, limits: {perService: 3/24h}"))],
  ["a shorter window", grants(checkout("tier: merge")), grants(checkout("tier: merge, limits: {perTarget: 2/23h}"))],
  [
    "one of two rates that goes",
    grants(checkout("tier: merge")),
    grants(checkout("tier: merge, limits: {perRepository: 4/1h}")),
  ],
  ["more files", grants(checkout("tier: merge")), grants(checkout("tier: merge, limits: {files: 4}"))],
  [
    "changes that needn't be rendered any more",
    grants(checkout("tier: propose, limits: {rendering: required}")),
    grants(checkout("tier: propose")),
  ],
  ["more attempts", grants(checkout("tier: merge, limits: {attempts: 1}")), grants(checkout("tier: merge"))],
  ["a deny window that goes", frozen(window("deny", 1)), frozen()],
  ["a deny window that is shorter", frozen(window("deny", 2)), frozen(window("deny", 1))],
  ["the last allow window that goes", frozen(window("allow", 1)), frozen()],
  ["another allow window", frozen(window("allow", 1)), frozen(window("allow", 1), window("allow", 2))],
  ["a barrier that goes", barred("v1", "v2"), barred("v1")],
  [
    "a shorter veto window of what merges, which may wait beside another target",
    grants(checkout("tier: merge, vetoWindow: 1h")),
    grants(checkout("tier: merge")),
  ],
  [
    "a higher grant wherever a condition holds",
    grants(checkout("tier: propose, when: [change.files == 1]")),
    grants(checkout("tier: merge, when: [change.files == 1]")),
  ],
  [
    "a higher grant where two conditions hold at once",
    grants(checkout("tier: propose, when: [change.files == 1, change.lines == 1]")),
    grants(checkout("tier: merge, when: [change.files == 1, change.lines == 1]")),
  ],
  ["a gate that only informs", policy("  grants: []\n  gate: required\n"), policy("  grants: []\n")],
])("%s raises", (_, before, after) => {
  expect(raisesAuthority(before, after)).toBe(true);
});

test.each<[string, Authority, Authority]>([
  ["the same", grants(production, checkout("tier: merge")), grants(checkout("tier: merge"), production)],
  ["a lower tier", grants(checkout("tier: merge")), grants(checkout("tier: propose"))],
  ["a lower mode", grants(checkout("tier: merge")), grants(checkout("tier: merge, mode: audit"))],
  ["a grant that goes", grants(checkout("tier: merge")), grants()],
  ["a suggestion that was none", grants(), grants(checkout("tier: suggest"))],
  ["a condition", grants(checkout("tier: merge")), grants(checkout("tier: merge, when: [change.files == 1]"))],
  [
    "stricter limits",
    grants(checkout("tier: merge")),
    grants(checkout("tier: merge, limits: {perTarget: 1/2d, lines: 1}")),
  ],
  [
    "changes that have to be rendered, and still have to",
    grants(checkout("tier: merge, limits: {rendering: required, files: 2}")),
    grants(checkout("tier: merge, limits: {rendering: required, files: 1}")),
  ],
  [
    "looser limits of what only suggests",
    grants(checkout("tier: merge")),
    grants(checkout("tier: suggest, limits: {files: 9}")),
  ],
  [
    "looser limits of what only observes",
    grants(checkout("tier: observe")),
    grants(checkout("tier: observe, limits: {files: 9}")),
  ],
  ["the same veto window", grants(checkout("tier: delay")), grants(checkout("tier: delay, vetoWindow: 5m"))],
  [
    "a shorter veto window of what is only proposed",
    grants(checkout("tier: propose, vetoWindow: 1h")),
    grants(checkout("tier: propose")),
  ],
  [
    "a gate that stays required",
    policy("  grants: []\n  gate: required\n"),
    policy("  grants: []\n  gate: required\n"),
  ],
  ["another deny window", frozen(window("allow", 1)), frozen(window("allow", 1), window("deny", 1))],
  ["the first allow window", frozen(), frozen(window("allow", 1))],
  ["a barrier", barred("v1"), barred("v2", "v1")],
  ["a gate that is required", policy("  grants: []\n"), policy("  grants: []\n  gate: required\n")],
])("%s doesn't raise", (_, before, after) => {
  expect(raisesAuthority(before, after)).toBe(false);
});

test("a policy with more conditions than can be compared counts as a raise", () => {
  const many = Array.from({ length: 20 }, (_, index) => `change.files == ${index}`).join(", ");
  const before = grants(checkout(`tier: merge, when: [${many}]`));
  expect(raisesAuthority(before, before)).toBe(true);
});

test("a policy that names more targets than can be compared counts as a raise", () => {
  const many = (key: string, count: number) =>
    `${key}: [${Array.from({ length: count }, (_, index) => `${key}-${index}`).join(", ")}]`;
  const match = [many("services", 99), many("environments", 49), many("namespaces", 49)].join(", ");
  const before = grants(`{name: many, match: {${match}}, tier: merge}`);
  expect(raisesAuthority(before, before)).toBe(true);
});
