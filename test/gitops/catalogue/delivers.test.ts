import { expect, test } from "vitest";
import { delivers, type SyncOrigin } from "../../../src/gitops/catalogue/delivers.ts";
import { catalogueOf, deployment, select } from "./catalogue-of.ts";

const application = (name: string, path: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {source: {path: ${path}}}\n`;

const catalogue = catalogueOf({
  "argocd/one.yaml": application("shop-live", "apps/prod"),
  "argocd/two.yaml": application("cart-staging", "elsewhere"),
  "flux/prod.yaml":
    "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {path: ./apps/prod}\n",
  "apps/prod/cart.yaml": deployment("cart", "a:1"),
  "apps/staging/cart.yaml": deployment("cart", "a:2"),
  "apps/prod-other/search.yaml": deployment("search", "a:3"),
});
const production = select(catalogue, { service: "cart", environment: "prod" });
const staging = select(catalogue, { service: "cart", environment: "staging" });

const origin = (parts: Partial<SyncOrigin>): SyncOrigin => ({
  controller: "argocd",
  application: "shop-live",
  namespace: undefined,
  environment: undefined,
  ...parts,
});

const table: readonly (readonly [why: string, sync: Partial<SyncOrigin>, production: boolean, staging: boolean])[] = [
  ["its path holds the target's files", {}, true, false],
  ["its path holds them, in its namespace", { namespace: "argocd" }, true, false],
  ["the same name in another namespace is another object", { namespace: "team-b" }, false, false],
  ["a Flux object isn't an Argo CD one", { application: "apps" }, false, false],
  ["a Flux Kustomization's path", { controller: "flux", application: "apps", namespace: "flux-system" }, true, false],
  ["an existing object with another path wins over its name", { application: "cart-staging" }, false, false],
  ["service and environment in a name that the repository doesn't define", { application: "cart-prod" }, true, false],
  ["environment and service", { application: "prod-cart" }, true, false],
  ["the service alone, when there are several environments", { application: "cart" }, false, false],
  ["the service alone, with the environment said", { application: "cart", environment: "production" }, true, false],
  ["a name that merely contains the service", { application: "cart-prod-2" }, false, false],
  ["nothing at all", { application: "" }, false, false],
  [
    "a GitHub deployment to the environment",
    { controller: "github-deployment", application: "production", environment: "production" },
    true,
    false,
  ],
  [
    "a GitHub deployment of the service",
    { controller: "github-deployment", application: "cart", environment: "staging" },
    false,
    true,
  ],
  [
    "a GitHub deployment of another service",
    { controller: "github-deployment", application: "search", environment: "staging" },
    false,
    false,
  ],
  [
    "a GitHub deployment without an environment",
    { controller: "github-deployment", application: "cart" },
    false,
    false,
  ],
];

test.each(table)("%s", (_, sync, prod, stage) => {
  expect(delivers(catalogue, origin(sync), production)).toBe(prod);
  expect(delivers(catalogue, origin(sync), staging)).toBe(stage);
});

test("a path that is a prefix of a name isn't a directory above it", () => {
  expect(delivers(catalogue, origin({}), select(catalogue, { service: "search" }))).toBe(false);
});

test("an Application without a path in this repository delivers nothing of it", () => {
  const other = catalogueOf({
    "argocd/remote.yaml":
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: cart}\nspec: {source: {chart: cart, repoURL: https://charts.example}}\n",
    "apps/cart.yaml": deployment("cart", "a:1"),
  });
  expect(delivers(other, origin({ application: "cart" }), select(other, { deployment: "cart" }))).toBe(false);
});
