import { expect, test } from "vitest";
import { policyVersion } from "../../src/authority/policy-version.ts";

test.each([
  ["spec: {version: 3}", 3],
  ["kind: Authority\nspec:\n  version: 12\n  grants: [broken", 12],
  ["spec: {version: 0}", undefined],
  ["spec: {version: -1}", undefined],
  ["spec: {version: 1.5}", undefined],
  ['spec: {version: "3"}', undefined],
  ["spec: {version: 9007199254740993}", undefined],
  ["spec: 3", undefined],
  ["version: 3", undefined],
  ["", undefined],
  ["- spec", undefined],
  ["spec: *nobody", undefined],
  [`spec: {version: 3}\nx: ${"[".repeat(200)}${"]".repeat(200)}`, undefined],
])("the version of %j is %s", (text, version) => {
  expect(policyVersion(text)).toBe(version);
});
