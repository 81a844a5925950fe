import { expect, it } from "vitest";
import { isConfiguration } from "../../src/backtest/is-configuration.ts";

it.each([
  "apps/cart/values.yaml",
  "cart/.env",
  "cart/.env.production",
  "config/app.properties",
  "apps/cart/.argocd-source-cart.yaml",
  "helmfile/overrides/cart.yaml.gotmpl",
])("an incident may be answered in %s", (path) => {
  expect(isConfiguration(path)).toBe(true);
});

it.each([
  ".travis.yml",
  ".github/workflows/ci.yaml",
  "charts/.pre-commit-config.yaml",
  ".sops.yaml",
  ".envrc.json",
  "ci/azure-pipelines.yml",
  "ui/package.json",
  "README.md",
])("what is in %s runs in no cluster", (path) => {
  expect(isConfiguration(path)).toBe(false);
});
