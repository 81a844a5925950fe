import { expect, test } from "vitest";
import { catalogueOf, deployment } from "./catalogue-of.ts";

const services = (files: Readonly<Record<string, string>>) =>
  catalogueOf(files).targets.map(({ target }) => target.service);

test("what Remit itself is told makes no target", () => {
  const policy = "apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: bad-deploy}\nspec: {}\n";
  const files = {
    "apps/checkout/production/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
    ".github/remit/runbooks/bad-deploy.yaml": policy,
    ".github/remit/authority.yaml": policy.replace("bad-deploy", "shop"),
  };
  expect(services(files)).toEqual(["checkout"]);
});

test("a file of flags beside a service is the service's, and makes none of its own", () => {
  const files = {
    "apps/checkout/production/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - deployment.yaml\n" +
      "configMapGenerator:\n  - name: checkout\n    envs:\n      - flags.env\n",
    "apps/checkout/production/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
    "apps/checkout/production/flags.env": "EXPRESS=true\n",
  };
  expect(services(files)).toEqual(["checkout"]);
});
