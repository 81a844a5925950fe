/** What people did beside rollbacks, each asked for by the command that says the same. */
import { expect, test } from "vitest";
import { gitRepository } from "../gitops/git-repository.ts";
import { backtestOf } from "./history-world.ts";

const directory = "apps/checkout/production";
const container = (more: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n  namespace: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: checkout\n          image: r.io/checkout:v1\n${more}`;
const release = (values: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\n  namespace: shop\nspec:\n  values:\n${values}`;
const route = (stable: number, canary: number) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: checkout\n  namespace: shop\nspec:\n  rules:\n    - backendRefs:\n        - name: stable\n          port: 80\n          weight: ${stable}\n        - name: canary\n          port: 80\n          weight: ${canary}\n`;
const cron = (on: boolean) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: checkout\n  namespace: shop\nspec:\n  schedule: "0 * * * *"\n  suspend: ${on}\n`;

test.each([
  ["restart", (n: string) => release(`    environment:\n      RESTART_ME: "${n}"\n`), ["003", "004"]],
  ["scale", (n: string) => container("").replace("spec:\n", `spec:\n  replicas: ${n}\n`), ["3", "5"]],
  ["suspend", (on: string) => cron(on === "true"), ["false", "true"]],
  ["suspend", (on: string) => cron(on === "true"), ["true", "false"]],
  [
    "resize",
    (n: string) => container(`          resources:\n            limits:\n              memory: ${n}\n`),
    ["256Mi", "512Mi"],
  ],
  ["shift", (canary: string) => route(100 - Number(canary), Number(canary)), ["20", "0"]],
  ["shift", (canary: string) => route(100 - Number(canary), Number(canary)), ["20", "60"]],
] as const)("%s", async (kind, text, [before, after]) => {
  const repository = gitRepository();
  const path = `${directory}/checkout.yaml`;
  repository.commit({ [path]: text(before), "README.md": "shop\n" }, { at: "2026-03-01T10:00:00Z" });
  const commit = repository.commit({ [path]: text(after) }, { message: "It is needed", at: "2026-06-03T10:00:00Z" });
  repository.commit({ "README.md": "later\n" }, { at: "2026-06-10T10:00:00Z" });
  const { results } = await backtestOf(repository);
  expect(results.filter((result) => result.kind === "action")).toMatchObject([
    { action: kind, commit, verdict: "exact" },
  ]);
});

test("a flag that people switch", async () => {
  const repository = gitRepository();
  const path = `${directory}/app.env`;
  repository.commit(
    { [path]: "NEW_CART=true\n", [`${directory}/checkout.yaml`]: container("") },
    { at: "2026-03-01T10:00:00Z" },
  );
  const commit = repository.commit({ [path]: "NEW_CART=false\n" }, { message: "Off", at: "2026-06-03T10:00:00Z" });
  const { results } = await backtestOf(repository);
  expect(results.filter((result) => result.kind === "action")).toMatchObject([
    { action: "flag", commit, verdict: "exact" },
  ]);
});
