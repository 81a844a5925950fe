import { describe, expect, test } from "vitest";
import { asked, codes, history } from "../asked.ts";
import { unpinned } from "./pinned.ts";

const application = (annotation: string, owner = "") =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout\n  annotations: {${annotation}}\n${owner}spec:\n  source: {repoURL: "https://github.com/acme/shop", path: apps/checkout, kustomize: {images: ["r.io/shop/checkout:TAG"]}}\n`;
const shop = (text: string, more: Readonly<Record<string, string>> = {}) =>
  history(...["v1.4.2", "v1.5.0"].map((tag) => ({ ...more, "argocd/checkout.yaml": text.replace("TAG", tag) })));
const kargo = "kargo.akuity.io/authorized-stage: 'shop:production'";

describe("field note 15: who can't be held isn't, and a rollback without a pin says so", () => {
  test.each([
    ["Kargo", application(kargo), "Kargo promotes this value"],
    [
      "an ApplicationSet",
      application("a: b", "  ownerReferences: [{kind: ApplicationSet, name: all}]\n"),
      "an ApplicationSet's template",
    ],
  ])("%s", async (_, text, why) => {
    expect(await unpinned(shop(text))).toContain(why);
    expect(codes(await asked(shop(text), "/remit rollback checkout"))).toContain("automated-writer");
  });

  test("one of two isn't enough", async () => {
    const image = "apps/checkout/deployment.yaml";
    const policy = "apps/checkout/policy.yaml";
    const marked = (tag: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: r.io/shop/checkout:${tag} # {"$imagepolicy": "flux-system:checkout"}\n`;
    const files = (tag: string) => ({
      [image]: marked(tag),
      [policy]:
        "apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: checkout}\nspec: {policy: {semver: {range: 1.x}}}\n",
      "argocd/checkout.yaml": application(kargo).replace(/, kustomize.*\]\}/, ""),
    });
    expect(await unpinned(history(files("v1.4.2"), files("v1.5.0")))).toContain("Kargo promotes this value");
  });
});
