import { expect, test } from "vitest";
import { isPatched } from "../../../src/gitops/catalogue/patched-object.ts";

const deployment = {
  index: 0,
  kind: "Deployment",
  name: "cart",
  namespace: undefined,
  aliases: [],
  images: [],
  items: [],
  links: [],
  controller: undefined,
};

test.each(["__proto__", "constructor", "tier"])("a patch that leaves out what is labelled %s isn't for it", (key) => {
  const without = [{ key, operator: "NotIn", values: ["front"] }] as const;
  const patched = { kind: "Deployment", name: undefined, labels: without };
  expect(isPatched(patched, deployment, () => "front")).toBe(false);
  expect(isPatched(patched, deployment, () => "back")).toBe(true);
  expect(isPatched(patched, deployment, () => undefined)).toBe(false);
});
