import { describe, expect, test } from "vitest";
import { asked, codes, history, now, written } from "../asked.ts";
import { pinned, unpinned } from "./pinned.ts";

const marker = (form = "") => ` # {"$imagepolicy": "flux-system:checkout${form}"}`;
const policyFile = "apps/checkout/image-policy.yaml";
const policy = (rest: string, name = "checkout") =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: ${name}\nspec:\n  imageRepositoryRef:\n    name: ${name}\n${rest}`;
const semver = (range: string) => policy(`  policy:\n    semver:\n      range: ${range} # our line\n`);
const filtered = (extract: string, pattern: string, choice: string) =>
  policy(`  filterTags:\n    extract: ${extract}\n    pattern: '${pattern}'\n  policy:\n    ${choice}\n`);
const alphabetical = "alphabetical:\n      order: asc";
const numerical = "numerical:\n      order: asc";

const deployment = (tag: string, more = "") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: r.io/shop/checkout:${tag}${marker()}\n${more}`;
const image = "apps/checkout/deployment.yaml";
const shop = (text: string, tags = ["v1.4.2", "v1.5.0"]) =>
  history(...tags.map((tag) => ({ [image]: deployment(tag), [policyFile]: text })));

describe("field note 15: a rollback for a time holds Flux's image automation to the restored tag, in one commit", () => {
  test("in a manifest, by a range of one version", async () => {
    const { pins, risks } = await pinned(shop(semver("1.x")));
    expect([pins, risks]).toEqual([{ [policyFile]: semver("1.4.2") }, []]);
  });

  test("in an overlay", async () => {
    const overlay = "apps/checkout/overlays/production/kustomization.yaml";
    const beside = "apps/checkout/overlays/production/policy.yaml";
    const files = (tag: string) => ({
      [overlay]: `resources:\n  - ../../base\n  - policy.yaml\nimages:\n  - name: r.io/shop/checkout\n    newTag: ${tag}${marker(":tag")}\n`,
      [beside]: semver('">=1.0.0 <2.0.0"'),
      "apps/checkout/base/kustomization.yaml": "resources:\n  - deployment.yaml\n",
      "apps/checkout/base/deployment.yaml": deployment("v0").replace(/ #.*/, ""),
    });
    const { pins } = await pinned(history(files("v1.4.2"), files("v1.5.0")));
    expect(pins).toEqual({ [beside]: semver('"1.4.2"') });
  });

  test("in a HelmRelease's values", async () => {
    const release = "apps/checkout/release.yaml";
    const files = (tag: string) => ({
      [release]: `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  values:\n    image:\n      repository: r.io/shop/checkout${marker(":name")}\n      tag: ${tag}${marker(":tag")}\n`,
      [policyFile]: semver("^1.0.0"),
    });
    const { pins } = await pinned(history(files("1.4.2"), files("1.5.0")));
    expect(pins).toEqual({ [policyFile]: semver("1.4.2") });
  });

  test.each([
    ["what is sorted by its name", "$ts", alphabetical, "^(?P<ts>main-0a\\.1-20260101)$"],
    ["what is counted", "${ts}", numerical, "^main-0a\\.1-(?P<ts>20260101)$"],
    ["what is counted, in a group without a name", "$1", numerical, "^main-0a\\.1-(20260101)$"],
  ])("by a pattern of one tag, with %s found in it again", async (_, extract, choice, only) => {
    const text = filtered(extract, "^main-[a-f0-9.]+-(?P<ts>[0-9]+)", choice);
    const { pins } = await pinned(shop(text, ["main-0a.1-20260101", "main-0b.2-20260102"]));
    expect(pins).toEqual({ [policyFile]: filtered(extract, only, choice) });
  });

  test("by a pattern where a version is taken out of the tag", async () => {
    const text = (pattern: string) => filtered("$v", pattern, "semver:\n      range: 1.x");
    const { pins } = await pinned(shop(text("^v(?P<v>.*)-alpine$"), ["v1.4.2-alpine", "v1.5.0-alpine"]));
    expect(pins).toEqual({ [policyFile]: text("^v(?P<v>1\\.4\\.2)-alpine$") });
  });

  test("by a pattern where there was none", async () => {
    const text = (filter: string) => policy(`${filter}  policy:\n    ${alphabetical}\n`);
    const { pins } = await pinned(shop(text(""), ["main-1", "main-2"]));
    expect(pins[policyFile]).toContain("filterTags:\n    pattern: ^main-1$\n");
  });

  test("each of two policies to its own image's tag", async () => {
    const second = "apps/checkout/proxy-policy.yaml";
    const proxy = (tag: string) =>
      `        - name: proxy\n          image: r.io/shop/proxy:${tag} # {"$imagepolicy": "flux-system:proxy"}\n`;
    const range = (text: string) => policy(`  policy:\n    semver:\n      range: ${text}\n`, "proxy");
    const files = (tag: string, other: string) => ({
      [image]: deployment(tag, proxy(other)),
      [policyFile]: semver("1.x"),
      [second]: range("3.x").replace(
        "name: proxy\nspec",
        "name: proxy\n  labels: {app.kubernetes.io/name: checkout}\nspec",
      ),
    });
    const { pins } = await pinned(history(files("v1.4.2", "v3.0.0"), files("v1.5.0", "v3.1.0")));
    expect(Object.keys(pins)).toEqual([policyFile, second]);
    expect(pins[second]).toContain("range: 3.0.0\n");
  });

  test("without --for it says that the line will be written again", async () => {
    const answer = await asked(shop(semver("1.x")), "/remit rollback checkout to v1.4.2");
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2") });
    expect(codes(answer)).toContain("automated-writer");
    expect(answer.expiresAt).toBeUndefined();
  });

  test("to a version that a person names, too", async () => {
    const answer = await asked(shop(semver("1.x")), "/remit rollback checkout to v1.4.9 --for 3d");
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.9"), [policyFile]: semver("1.4.9") });
    expect(answer.expiresAt).toBe(now + 3 * 24 * 60 * 60_000);
  });

  test.each([
    ["that isn't there", policy("").replace("name: checkout", "name: cart"), "isn't among the target's own files"],
    [
      "of another namespace",
      semver("1.x").replace("name: checkout\nspec", "name: checkout\n  namespace: x\nspec"),
      "own files",
    ],
    ["that puts parts of a tag together", filtered("$a.$b", "(?P<a>.)(?P<b>.)", numerical), "takes $a.$b out of a tag"],
    ["that counts a second group", filtered("$2", "(.)([0-9]+)", numerical), "takes $2 out of a tag"],
    [
      "whose pattern is a list",
      semver("1.x")
        .replace("policy:\n", "filterTags: {pattern: [a]}\n  policy:\n")
        .replace(/semver.*\n.*\n/, "alphabetical: {}\n"),
      "can't be read",
    ],
  ])("a policy %s is refused", async (_, text, why) => {
    expect(await unpinned(shop(text))).toContain(why);
  });

  test("one policy for two tags at once is refused", async () => {
    const twin = (tag: string) =>
      deployment(tag, `        - name: twin\n          image: r.io/shop/checkout:${tag}-twin${marker()}\n`);
    const files = (tag: string) => ({ [image]: twin(tag), [policyFile]: semver("1.x") });
    expect(await unpinned(history(files("v1.4.2"), files("v1.5.0")))).toContain("several tags at once");
  });

  test("a tag that is no version is refused by a policy that chooses among versions", async () => {
    expect(await unpinned(shop(semver("1.x"), ["main-1", "main-2"]))).toContain("chooses among semantic versions");
  });

  test("a policy in the image's own file couldn't be let go by itself", async () => {
    const both = (tag: string) => ({ [image]: `${deployment(tag)}---\n${semver("1.x")}` });
    expect(await unpinned(history(both("v1.4.2"), both("v1.5.0")))).toContain("stand in one file");
  });

  test("without any automation there is nothing to hold", async () => {
    const plain = (tag: string) => ({ [image]: deployment(tag).replace(/ #.*/, "") });
    expect(await unpinned(history(plain("v1"), plain("v2")))).toContain("nobody who could be held");
  });
});
