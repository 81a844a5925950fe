import { expect, test } from "vitest";
import { versionOf } from "../../src/actions/version-of.ts";
import type { FieldRole } from "../../src/gitops/catalogue/catalogue.ts";

const effect = (role: FieldRole, before: string) => ({
  file: "a.yaml",
  document: 0,
  path: [role],
  line: 1,
  role,
  before,
  after: "next",
});
const digest = `sha256:${"a".repeat(64)}`;

test.each([
  [[effect("image-digest", digest), effect("image-tag", "v1.4.2")], "v1.4.2"],
  [[effect("image", `registry.example:5000/shop/checkout:v1.4.2@${digest}`)], "v1.4.2"],
  [[effect("image", "registry.example:5000/shop/checkout")], "registry.example:5000/shop/checkout"],
  [[effect("image-tag", `0.25.1@${digest}`)], "0.25.1"],
  [[effect("replicas", "3")], "3 replicas"],
  [[effect("replicas", "1")], "1 replica"],
  [[effect("other", "a\nb")], "a b"],
  [[], "what it was"],
])("%j is named as a person would", (effects, name) => {
  expect(versionOf(effects, "before")).toBe(name);
});
