/** Field note 13: the content of an immutable ConfigMap isn't changed in place. */
import { describe, expect, test } from "vitest";
import { immutableContent } from "../../src/actions/immutable-content.ts";
import { classifyFile } from "../../src/authority/diff/classify-file.ts";
import { gitRepository } from "../gitops/git-repository.ts";
import { ago, asked, codes, day, history, written } from "./asked.ts";

const path = "apps/checkout/production/settings.yaml";
const settings = (mode: string, { immutable = "immutable: true\n", name = "checkout", kind = "ConfigMap" } = {}) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${immutable}data:\n  NEW_CART: "${mode}"\n`;
const deployment = {
  "apps/checkout/production/deployment.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: r.io/checkout:v1\n          envFrom: [{configMapRef: {name: checkout}}]\n",
};
const line = "/remit flag NEW_CART off --environment production";

test("field note 13: a flag in an immutable ConfigMap isn't turned", async () => {
  const answer = await asked(history({ ...deployment, [path]: settings("true") }), line);
  expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["field-immutable"]]);
});

test("field note 13: one in a ConfigMap that may change is", async () => {
  const mutable = (mode: string) => settings(mode, { immutable: "" });
  const answer = await asked(history({ ...deployment, [path]: mutable("true") }), line);
  expect(written(answer)).toEqual({ [path]: mutable("false") });
});

test("field note 13: going back there is a person's to judge: the change may never have been applied", async () => {
  const repository = gitRepository();
  repository.commit({ ...deployment, [path]: settings("false") }, { at: ago(30 * day) });
  repository.commit({ [path]: settings("true") }, { at: ago(60), message: "Turn it on" });
  const answer = await asked(repository, "/remit rollback checkout --environment production");
  expect(written(answer)).toEqual({ [path]: settings("false") });
  expect(codes(answer)).toContain("field-immutable");
});

describe("what a file's change does to immutable content", () => {
  const reasons = (before: string, after: string) => immutableContent({ path, before, after }).map(({ code }) => code);

  test.each([
    ["another value", settings("true"), settings("false"), 1],
    ["a Secret's", settings("true", { kind: "Secret" }), settings("false", { kind: "Secret" }), 1],
    [
      "another one among several",
      `${settings("a")}---\n${settings("a", { name: "b" })}`,
      `${settings("b")}---\n${settings("a", { name: "b" })}`,
      1,
    ],
    ["another name with it", settings("true"), settings("false", { name: "checkout-2" }), 0],
    ["of what isn't", settings("true", { immutable: "" }), settings("false", { immutable: "" }), 0],
    [
      "beside the content",
      settings("true"),
      settings("true").replace("name: checkout", "name: checkout\n  labels: {a: b}"),
      0,
    ],
    ["that makes it so", settings("true", { immutable: "" }), settings("false"), 0],
    ["of another kind", settings("true", { kind: "Settings" }), settings("false", { kind: "Settings" }), 0],
  ])("%s", (_, before, after, count) => {
    expect(reasons(before, after)).toHaveLength(count);
    const hazards = classifyFile({
      path,
      before: { mode: "100644", text: before },
      after: { mode: "100644", text: after },
    }).hazards;
    expect(hazards.has("field-immutable")).toBe(
      count > 0 || before.includes("immutable") !== after.includes("immutable"),
    );
  });
});
