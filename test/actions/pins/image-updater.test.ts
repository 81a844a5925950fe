import { describe, expect, test } from "vitest";
import { asked, codes, history } from "../asked.ts";
import { pinned, unpinned } from "./pinned.ts";

const application = "argocd/checkout.yaml";
const overlay = "apps/checkout/kustomization.yaml";
const app = (annotations: readonly string[], name = "checkout") =>
  [
    "apiVersion: argoproj.io/v1alpha1",
    "kind: Application",
    "metadata:",
    `  name: ${name}`,
    "  annotations:",
    ...annotations.map((line) => `    argocd-image-updater.argoproj.io/${line}`),
    "spec:",
    "  destination: {namespace: shop}",
    `  source: {repoURL: "https://github.com/acme/shop", path: apps/checkout}`,
    "",
  ].join("\n");
const kustomized = (tag: string, more = "") =>
  `resources:\n  - deployment.yaml\nimages:\n  - name: ghcr.io/acme/checkout\n    newTag: ${tag}\n${more}`;
const deployment =
  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ghcr.io/acme/checkout\n";
const shop = (told: string) => (tag: string) => ({
  [overlay]: kustomized(tag),
  "apps/checkout/deployment.yaml": deployment,
  [application]: told,
});
const twice = (files: (tag: string) => Readonly<Record<string, string>>) => history(files("v1.4.2"), files("v1.5.0"));

describe("field note 15: Image Updater is held by annotations of the Application", () => {
  test("to ignore every tag of the image's alias", async () => {
    const list = ["image-list: app=ghcr.io/acme/checkout:1.x, redis=redis:7", "app.update-strategy: semver"];
    const { pins, risks } = await pinned(twice(shop(app(list))));
    expect([pins, risks]).toEqual([{ [application]: app([...list, 'app.ignore-tags: "*"']) }, []]);
  });

  test("whatever it ignored before", async () => {
    const told = (ignored: string) => app(["image-list: app=ghcr.io/acme/checkout", `app.ignore-tags: ${ignored}`]);
    const { pins } = await pinned(twice(shop(told('"latest, dev-*"'))));
    expect(pins).toEqual({ [application]: told('"*"') });
  });

  test("with an underscore for a slash in the alias", async () => {
    const list = ["image-list: acme/app=ghcr.io/acme/checkout"];
    const { pins } = await pinned(twice(shop(app(list))));
    expect(pins).toEqual({ [application]: app([...list, 'acme_app.ignore-tags: "*"']) });
  });

  test("for the whole Application where its only image has no alias", async () => {
    const list = ["image-list: ghcr.io/acme/checkout:~1.4"];
    const { pins } = await pinned(twice(shop(app(list))));
    expect(pins).toEqual({ [application]: app([...list, 'ignore-tags: "*"']) });
  });

  test("where it writes parameters that name no image", async () => {
    const override = "apps/checkout/.argocd-source-checkout.yaml";
    const list = ["image-list: app=ghcr.io/acme/checkout", "write-back-method: git"];
    const { pins } = await pinned(
      twice((tag) => ({
        "apps/checkout/Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 1.0.0\n",
        "apps/checkout/values.yaml": "image:\n  repository: ghcr.io/acme/checkout\n  tag: v0\n",
        [override]: `helm:\n  parameters:\n    - name: image.tag\n      value: ${tag}\n      forcestring: true\n`,
        [application]: app(list),
      })),
    );
    expect(pins).toEqual({ [application]: app([...list, 'app.ignore-tags: "*"']) });
  });

  test("not again where it ignores every tag already", async () => {
    const list = ["image-list: app=ghcr.io/acme/checkout", 'app.ignore-tags: "*"'];
    expect(await unpinned(twice(shop(app(list))))).toContain("nobody who could be held");
  });

  test.each([
    ["that lists other images", ["image-list: app=ghcr.io/acme/cart"], "writes other images"],
    ["that lists it among others, without an alias", ["image-list: ghcr.io/acme/checkout, redis"], "has no alias"],
  ])("one %s is refused", async (_, list, why) => {
    expect(await unpinned(twice(shop(app(list))))).toContain(why);
  });

  test("without --for it says that the value will be written again", async () => {
    const answer = await asked(twice(shop(app(["image-list: app=ghcr.io/acme/checkout"]))), "/remit rollback checkout");
    expect(codes(answer)).toContain("automated-writer");
  });
});

describe("field note 15: Image Updater is held by the image's entry in an ImageUpdater", () => {
  const updater = "apps/checkout/image-updater.yaml";
  const cr = (refs: string) =>
    `apiVersion: argocd-image-updater.argoproj.io/v1alpha1\nkind: ImageUpdater\nmetadata:\n  name: checkout\n  namespace: argocd\nspec:\n  applicationRefs:\n${refs}`;
  const ref = (pattern: string, settings = "", image = "ghcr.io/acme/checkout:1.x") =>
    `    - namePattern: "${pattern}"\n      images:\n        - alias: redis\n          imageName: redis:7\n        - alias: app\n          imageName: ${image}\n${settings}`;
  const files = (text: string) => (tag: string) => ({
    [overlay]: kustomized(tag),
    "apps/checkout/deployment.yaml": deployment,
    [updater]: text,
  });

  test("to ignore every tag", async () => {
    const { pins, risks } = await pinned(twice(files(cr(ref("checkout")))));
    const settings = '          commonUpdateSettings:\n            ignoreTags:\n              - "*"\n';
    expect([pins, risks]).toEqual([{ [updater]: cr(ref("checkout", settings)) }, []]);
  });

  test("beside what it ignored before", async () => {
    const settings = (more: string) =>
      `          commonUpdateSettings:\n            updateStrategy: newest-build\n            ignoreTags: ["latest"${more}]\n`;
    const { pins } = await pinned(twice(files(cr(ref("checkout", settings(""))))));
    expect(pins).toEqual({ [updater]: cr(ref("checkout", settings(', "*"'))) });
  });

  test("under the name that a kustomization gives it, and for whom else it holds is told", async () => {
    const target = "          manifestTargets:\n            kustomize:\n              name: ghcr.io/acme/checkout\n";
    const { pins, risks } = await pinned(twice(files(cr(ref("checkout-*", target, "mirror.io/acme/checkout:1.x")))));
    expect(pins[updater]).toContain('ignoreTags:\n              - "*"');
    expect(risks).toEqual(["shared-field"]);
  });

  test("and by the Application alone where it reads annotations", async () => {
    const reading = cr(ref("*").replace("      images", "      useAnnotations: true\n      images"));
    const list = ["image-list: app=ghcr.io/acme/checkout"];
    const { pins } = await pinned(twice((tag) => ({ ...files(reading)(tag), [application]: app(list) })));
    expect(pins).toEqual({ [application]: app([...list, 'app.ignore-tags: "*"']) });
  });

  test("not where its entries are about other images", async () => {
    expect(await unpinned(twice(files(cr(ref("checkout", "", "ghcr.io/acme/cart:1")))))).toContain("other images");
  });
});
