/** Every reader of YAML meets what was made to kill one. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { deniedChange } from "../../src/actions/denied-change.ts";
import { objectsIn } from "../../src/authority/freeze/objects-in.ts";
import { alertRules } from "../../src/authority/lint/alert-rules.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { policyVersion } from "../../src/authority/policy-version.ts";
import { parseRunbook } from "../../src/authority/runbooks/parse-runbook.ts";
import { editScalars } from "../../src/gitops/edit/edit-scalars.ts";
import { secretBearing } from "../../src/gitops/edit/secret-bearing.ts";
import { readFile } from "../../src/server/config/read-file.ts";
import { catalogueOf } from "../gitops/catalogue/catalogue-of.ts";

const path = "apps/cart/values.yaml";
const edit = { document: 0, path: ["a"], before: "1", after: "2" };

/** How each reader takes it: they only have to come back. */
function readAll(text: string): { fields: number; policy: boolean } {
  expect(["edited", "refused"]).toContain(editScalars(text, [edit]).outcome);
  secretBearing(text);
  deniedChange({ path, before: "a: 1\n", after: text });
  const { authority } = parseAuthority(text, "authority.yaml");
  parseRunbook(text, "runbook.yaml");
  objectsIn(text);
  policyVersion(text);
  alertRules(`${text}\n- alert: A\n  expr: up\n`);
  readFile("remit.yaml", text);
  const fields = catalogueOf({ [path]: text }).targets.flatMap((target) => target.fields).length;
  return { fields, policy: authority !== undefined };
}

test.each(
  [300, 1_000, 10_000, 100_000].flatMap((depth) => ["[", "{a: ", "- ", "? "].map((shape) => [shape, depth] as const)),
)("field note S7: %j nested %i deep is refused five times over, and the process lives", (shape, depth) => {
  for (let time = 0; time < 5; time++) expect(readAll(shape.repeat(depth))).toEqual({ fields: 0, policy: false });
});

test("field note S7: an alias bomb becomes no bigger than it is written", () => {
  const levels = Array.from(
    { length: 120 },
    (_, level) => `l${level}: &l${level} [${Array(20).fill(level === 0 ? "x" : `*l${level - 1}`)}]`,
  );
  expect(readAll(`${levels.join("\n")}\na: 1\n`).fields).toBeLessThan(50);
});

test.each([
  ["merge keys that name a prototype", "a: 1\nb:\n  <<: {__proto__: {polluted: true}}\n"],
  ["a merge of the prototype itself", "a: 1\n__proto__: &p {polluted: true}\nb: {<<: *p}\n"],
  [
    "an ordered map of prototypes",
    "a: 1\nb: !!omap [__proto__: {polluted: true}, constructor: {prototype: {polluted: true}}]\n",
  ],
  ["a set, a binary, a date", "a: 1\nb: !!set {__proto__}\nc: !!binary cG9sbHV0ZWQ=\nd: !!timestamp 2001-01-01\n"],
  [
    "tags of functions and regular expressions",
    "a: 1\nb: !!js/function 'function () { return polluted }'\nc: !!js/regexp /(a+)+$/\n",
  ],
])("field note S8: %s reach no prototype, and run nothing", (_, text) => {
  readAll(text);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("field note S8: merges of merges cost no more than they are long", () => {
  const merges = (count: number) =>
    `base: &m0 {k: v}\n${Array.from({ length: count }, (_, at) => `n${at}: &m${at + 1}\n  <<: *m${at}\n  k${at}: v\n`).join("")}`;
  const { fields: few } = readAll(merges(20));
  expect(readAll(merges(200)).fields).toBeLessThanOrEqual(10 * few + 10);
});

test("field note S8: the readers that are installed are past the versions with known holes", () => {
  const installed = (name: string) =>
    z.object({ version: z.string() }).parse(JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")))
      .version;
  const atLeast = (name: string, least: string) => installed(name).localeCompare(least, "en", { numeric: true }) >= 0;
  expect(atLeast("js-yaml", "5.0.0"), "CVE-2025-64718, CVE-2026-53550, CVE-2026-59870").toBe(true);
  expect(atLeast("yaml", "2.9.0")).toBe(true);
});

test("field note S9: no key of a policy or a configuration reaches a prototype or grants anything", () => {
  const policy = (key: string) =>
    `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: a}\n${key}: {spec: {grants: [{tier: merge}]}}\nspec: {version: 1, grants: []}\n`;
  for (const key of ["__proto__", "constructor", "prototype", '"__proto__"', "toString"]) {
    const { authority, mistakes } = parseAuthority(policy(key), "authority.yaml");
    expect(authority).toBeUndefined();
    expect(mistakes.length).toBeGreaterThan(0);
    const config = readFile("remit.yaml", `${key}: {stop: false}\n`);
    expect(config.mistakes.length, key).toBeGreaterThan(0);
  }
  expect(Reflect.get({}, "spec") ?? Reflect.get({}, "stop")).toBeUndefined();
});

test("field note S10: a pattern in a policy is a name or a mistake, and is never run", () => {
  const policy = (service: string) =>
    `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: a}\nspec:\n  version: 1\n  grants:\n    - name: a\n      match: {services: [${JSON.stringify(service)}]}\n      tier: propose\n`;
  for (const evil of ["^(a+)+$", "(a|a)+$", "(.+a){20}"]) {
    const { authority } = parseAuthority(policy(evil), "authority.yaml");
    expect(authority?.grants[0]?.match.services).toEqual([evil]);
  }
  for (const evil of ["([a-z]+)*x", "(.*a){20}"]) expect(parseAuthority(policy(evil), "a").authority).toBeUndefined();
});
