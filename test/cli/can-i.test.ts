import { describe, expect, test } from "vitest";
import { kustomization } from "../gitops/catalogue/catalogue-of.ts";
import { gitRepository } from "../gitops/git-repository.ts";
import { run } from "./run.ts";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout}
spec: {template: {spec: {containers: [{name: main, image: 'r.io/checkout:v0'}]}}}
`;
const overlay = kustomization(
  "namespace: shop\nresources: [../../base]\nimages:\n- {name: r.io/checkout, newTag: v1}\n",
);
const authority = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - {name: checkout, match: {services: [checkout], actions: [rollback]}, tier: delay}
  freeze:
    - {kind: deny, schedule: "0 16 * * 5", duration: 64h, timeZone: Europe/Amsterdam, environments: [production]}
`;

function shop(files: Readonly<Record<string, string>> = {}): string {
  const repository = gitRepository();
  repository.commit({
    "apps/checkout/base/deployment.yaml": deployment,
    "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
    "apps/checkout/overlays/production/kustomization.yaml": overlay,
    "apps/checkout/overlays/staging/kustomization.yaml": overlay,
    ".github/remit/authority.yaml": authority,
    ...files,
  });
  return repository.directory;
}
const ask = (directory: string, ...more: readonly string[]) =>
  run(["can-i", "rollback", "checkout", "--repo", directory, "--time", "2026-11-20T17:00:00Z", ...more]);

describe("remit can-i", () => {
  test("it prints every operand of each environment, and what the next tier would need", async () => {
    const { code, out } = await ask(shop());
    expect(code).toBe(3);
    expect(out).toContain("rollback checkout/production: propose\n");
    expect(out).toContain("rollback checkout/staging: delay\n");
    expect(out).toContain("  freeze     propose  frozen until 2026-11-23T07:00Z\n");
    expect(out).toContain("For delay:\n  freeze     wait until the freeze is over\n");
    expect(out).toContain("For merge:\n  grant      raise the grant to tier merge\n");
  });

  test("it ends with 0 where Remit may merge by itself", async () => {
    const { code, out } = await ask(shop(), "--environment", "staging", "--json");
    expect(code).toBe(0);
    const { answers } = JSON.parse(out);
    expect(answers).toMatchObject([{ target: { service: "checkout", environment: "staging" }, tier: "delay" }]);
  });

  test("it says what a grant on trial would allow", async () => {
    const trial = { ".github/remit/authority.yaml": authority.replace("tier: delay", "tier: delay, mode: audit") };
    const { code, out } = await ask(shop(trial), "--environment", "staging");
    expect(out).toContain("rollback checkout/staging: observe (delay if its grants were enforced)\n");
    expect(out).toContain("  mode       observe  checkout is in mode audit: what it grants is only recorded\n");
    expect(code).toBe(3);
    expect(JSON.parse((await ask(shop(trial), "--environment", "staging", "--json")).out)).toMatchObject({
      answers: [{ tier: "observe", enforced: "delay" }],
    });
  });

  test.each([
    [["can-i"], "wants an action and a service"],
    [["can-i", "rolback", "checkout"], "did you mean rollback?"],
    [["can-i", "rollback", "chekout"], "did you mean checkout?"],
    [["can-i", "rollback", "checkout", "--time", "soon"], "--time wants a date"],
  ])("%j is refused with a hint", async (argv, message) => {
    const { code, err } = await run([...argv, "--repo", shop()]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
