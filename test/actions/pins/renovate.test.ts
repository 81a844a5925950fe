import { describe, expect, test } from "vitest";
import { gitRepository } from "../../gitops/git-repository.ts";
import { ago, asked, codes, day } from "../asked.ts";
import { pinned, unpinned } from "./pinned.ts";

const standard = "apps/checkout/values.yaml";
const values = (tag: string) => `image:\n  repository: ghcr.io/acme/checkout\n  tag: ${tag}\n`;
const renovate = "renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>";
const dependabot = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";

/** A release by hand, then a bump by a program. */
function shop(told: Readonly<Record<string, string>>, author: string | undefined = renovate, image = standard) {
  const repository = gitRepository();
  const chart = { "apps/checkout/Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 1.0.0\n" };
  repository.commit({ ...chart, ...told, [image]: values("v1.4.2") }, { at: ago(30 * day) });
  const by = author === undefined ? {} : { author };
  repository.commit({ [image]: values("v1.5.0") }, { at: ago(60), message: "Update checkout to v1.5.0", ...by });
  return repository;
}

const rule = {
  description: "Held by Remit for a time, see the commit",
  matchDatasources: ["docker"],
  matchFileNames: ["apps/checkout/values.yaml"],
  matchPackageNames: ["ghcr.io/acme/checkout"],
  enabled: false,
};

describe("field note 15: Renovate is held by a rule for the image alone", () => {
  const config = { extends: ["config:recommended"], automerge: true };
  const rules = [{ matchManagers: ["helm-values"], groupName: "images" }];

  test.each([
    ["that has no rules", "renovate.json", `${JSON.stringify(config, null, 2)}\n`, [rule]],
    [
      "behind its others",
      "renovate.json",
      `${JSON.stringify({ ...config, packageRules: rules }, null, 4)}\n`,
      [...rules, rule],
    ],
    ["with an empty list", "renovate.json", '{\n  "packageRules": [],\n  "automerge": true\n}\n', [rule]],
    ["on one line", "renovate.json", `${JSON.stringify({ ...config, packageRules: rules })}\n`, [...rules, rule]],
    ["in .renovaterc", ".renovaterc", `${JSON.stringify(config, null, "\t")}\n`, [rule]],
    ["in .renovaterc.json", ".renovaterc.json", `${JSON.stringify(config, null, 2)}\n`, [rule]],
    ["in a file that needn't be strict and is", "renovate.json5", `${JSON.stringify(config, null, 2)}\n`, [rule]],
  ])("%s", async (_, file, text, expected) => {
    const { pins, risks } = await pinned(shop({ [file]: text }));
    expect([Object.keys(pins), risks]).toEqual([[file], []]);
    expect(JSON.parse(pins[file] ?? "")).toEqual({ ...JSON.parse(text), packageRules: expected });
  });

  test("without a byte changed beside it", async () => {
    const text =
      '{\n  "extends": [ "config:recommended" ],\n  "packageRules": [\n    { "matchManagers": ["helm-values"] }\n  ]\n}\n';
    const { pins } = await pinned(shop({ "renovate.json": text }));
    const [before = "", after = ""] = text.split("}\n  ]");
    expect(pins["renovate.json"]?.startsWith(`${before}},`)).toBe(true);
    expect(pins["renovate.json"]?.endsWith(`  ]${after}`)).toBe(true);
  });

  test("not where people made the bump, though they use it", async () => {
    expect(await unpinned(shop({ "renovate.json": "{}\n" }, "Bob <bob@example.com>"))).toContain(
      "nobody who could be held",
    );
  });

  test.each([
    [
      "where it is told in .github/",
      { ".github/renovate.json": "{}\n" },
      renovate,
      ".github/renovate.json, which Remit never writes",
    ],
    ["where it is told elsewhere", {}, renovate, "isn't configured in this repository"],
    [
      "where comments stand in its file",
      { "renovate.json5": "// ours\n{extends: ['x']}\n" },
      renovate,
      "isn't plain JSON",
    ],
    ["where its rules are none", { "renovate.json": '{"packageRules": {}}\n' }, renovate, "isn't plain JSON"],
    [
      "where it is Dependabot",
      { ".github/dependabot.yml": "version: 2\n" },
      dependabot,
      "Dependabot is told in .github/",
    ],
  ])("nothing is pinned %s", async (_, told, author, why) => {
    expect(await unpinned(shop(told, author))).toContain(why);
  });

  test("nothing is pinned where the file's name would be a pattern to it", async () => {
    const repository = shop({ "renovate.json": "{}\n" }, renovate, "apps/checkout/values-{eu}.yaml");
    expect(await unpinned(repository)).toContain("for a pattern");
  });

  test("of two files the first counts, as for Renovate itself", async () => {
    const { pins } = await pinned(shop({ "renovate.json": "{}\n", ".renovaterc": "{}\n" }));
    expect(Object.keys(pins)).toEqual(["renovate.json"]);
    const shadowed = shop({ ".github/renovate.json": "{}\n", ".renovaterc": "{}\n" });
    expect(await unpinned(shadowed)).toContain(".github/renovate.json");
  });
});

describe("a rollback without a pin says that it will be back", () => {
  const risky = async (told: Readonly<Record<string, string>>, author?: string) =>
    codes(await asked(shop(told, author), "/remit rollback checkout")).includes("automated-writer");

  test("where Renovate made the bump and merges its own", async () => {
    expect(await risky({ "renovate.json": '{"automerge": true}\n' })).toBe(true);
    expect(await risky({ ".github/renovate.json5": "{automerge: true}\n" })).toBe(true);
    expect(await risky({ ".renovaterc": '{"extends": [":automergeMinor"]}\n' })).toBe(true);
  });

  test("not where a person has to merge it, or made the bump", async () => {
    expect(await risky({ "renovate.json": '{"automerge": false}\n' })).toBe(false);
    expect(await risky({ "renovate.json": '{"automerge": true}\n' }, "Bob <bob@example.com>")).toBe(false);
    expect(await risky({})).toBe(false);
  });
});
