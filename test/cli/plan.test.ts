import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderPlan } from "../../src/cli/render-plan.ts";
import { type GitRepository, gitRepository, temporaryDirectory } from "../gitops/git-repository.ts";
import { alertFixture, alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { describeRenderer } from "../support/rendering/describe-renderer.ts";
import { run } from "./run.ts";

const now = "2026-11-20T12:00:00Z";
const overlay = (environment: string) => `apps/checkout/overlays/${environment}/kustomization.yaml`;
const tagged = (tag: string) =>
  `resources:\n  - ../../base\nimages:\n  - name: r.io/checkout\n    newTag: ${tag}  # by the release\n`;
const base = {
  "apps/checkout/base/kustomization.yaml": "resources:\n  - deployment.yaml\n",
  "apps/checkout/base/deployment.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: r.io/checkout:v0\n",
};

/** v1 in both environments for days, then v2 where and when it is asked for. */
function shop(changes: Readonly<Record<string, string>>, at = "2026-11-20T11:30:00Z"): GitRepository {
  const repository = gitRepository();
  const first = { ...base, [overlay("production")]: tagged("v1"), [overlay("staging")]: tagged("v1") };
  repository.commit(first, { message: "Import", at: "2026-10-15T09:00:00Z" });
  repository.commit(changes, { message: "Release v2", at });
  return repository;
}

async function plan(repository: GitRepository, labels: Readonly<Record<string, string>>) {
  const alert = alertFixture({ labels: { alertname: "HighErrorRate", ...labels }, startsAt: "2026-11-20T11:50:00Z" });
  const signal = join(temporaryDirectory(), "alert.json");
  writeFileSync(signal, JSON.stringify(alertmanagerFixture([alert])));
  const { code, out, err } = await run([
    "plan",
    "--repo",
    repository.directory,
    "--signal",
    signal,
    "--now",
    now,
    "--json",
  ]);
  return { code, err, answer: JSON.parse(out) };
}

describeRenderer("kustomize", "remit plan with a renderer in PATH", () => {
  it("says what would change in what is applied", async () => {
    const { directory } = shop({ [overlay("production")]: tagged("v2") });
    const command = "/remit rollback checkout --environment production";
    const args = ["plan", "--repo", directory, "--command", command, "--now", now];
    const { out } = await run(args, { PATH: process.env.PATH ?? "" });
    expect(out).toMatch(/^Rendered by kustomize v\S+: 1 value of 1 object would change, as declared\.$/m);
    expect((await run(args)).out).toContain(
      "Not rendered: apps/checkout/overlays/production: no kustomize 5 is at hand.",
    );
    const { out: json } = await run([...args, "--json"], { PATH: process.env.PATH ?? "" });
    const effect = { object: "Deployment checkout", field: "spec.template.spec.containers.[name=main].image" };
    expect(JSON.parse(json).effect).toEqual([{ ...effect, from: "r.io/checkout:v2", to: "r.io/checkout:v1" }]);
  });
});

describe("remit plan", () => {
  it("prints the change, the suspect, the reasons and a patch that git applies", async () => {
    const repository = shop({ [overlay("production")]: tagged("v2") });
    const { code, answer } = await plan(repository, { service: "checkout", environment: "production" });
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      outcome: "change",
      action: "rollback",
      tier: "suggest",
      target: { service: "checkout", environment: "production" },
      files: [{ path: overlay("production"), content: tagged("v1") }],
    });
    expect(answer.suspects[0].commit).toBe(repository.git("rev-parse", "HEAD"));
    writeFileSync(join(repository.directory, "plan.patch"), answer.patch);
    repository.git("apply", "--check", "plan.patch");
  });

  it("says what a grant on trial would allow, for programs and for people", async () => {
    const grant = "{name: all, match: {services: [checkout]}, tier: merge, mode: audit}";
    const policy = `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec: {version: 1, grants: [${grant}]}\n`;
    const repository = shop({ [overlay("production")]: tagged("v2"), ".github/remit/authority.yaml": policy });
    const { answer } = await plan(repository, { service: "checkout", environment: "production" });
    expect(answer).toMatchObject({ tier: "observe", enforced: expect.stringMatching(/^(?:propose|merge)$/) });
    expect(renderPlan(answer)[0]).toContain(`(tier observe, ${answer.enforced} if its grants were enforced, `);
  });

  it("finds the one environment that changed when the alert names none", async () => {
    const repository = shop({ [overlay("production")]: tagged("v2") });
    const { answer } = await plan(repository, { service: "checkout" });
    expect(answer).toMatchObject({
      outcome: "change",
      files: [{ path: overlay("production"), content: tagged("v1") }],
    });
  });

  it("takes a change back from every environment that it reached in step, when the alert names none", async () => {
    const repository = shop({ [overlay("production")]: tagged("v2"), [overlay("staging")]: tagged("v2") });
    const { answer } = await plan(repository, { service: "checkout" });
    expect(answer.outcome).toBe("change");
    expect(answer.files.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      overlay("production"),
      overlay("staging"),
    ]);
  });

  it("touches only the environment that the alert names", async () => {
    const repository = shop({ [overlay("production")]: tagged("v2"), [overlay("staging")]: tagged("v2") });
    const { answer } = await plan(repository, { service: "checkout", environment: "staging" });
    expect(answer.files.map(({ path }: { path: string }) => path)).toEqual([overlay("staging")]);
  });

  it.each([
    ["nothing of it changed for two weeks", { service: "checkout", environment: "production" }, "no-recent-change"],
    ["the repository has no such service", { service: "payments" }, "target-not-found"],
    ["the change is another environment's", { service: "checkout", environment: "staging" }, "no-recent-change"],
  ])("abstains with a reason when %s", async (why, labels, code) => {
    const quiet = why.startsWith("nothing");
    const repository = shop({ [overlay("production")]: tagged("v2") }, quiet ? "2026-11-05T09:00:00Z" : undefined);
    const { code: exit, answer } = await plan(repository, labels);
    expect(exit).toBe(3);
    expect(answer).toMatchObject({ outcome: "abstain", files: [], patch: "" });
    expect(answer.reasons.map(({ code: given }: { code: string }) => given)).toContain(code);
  });

  it.each([
    [["--repo", "."], "--signal is missing"],
    [["--repo", ".", "--signal", "/nonexistent.json"], "can't be read"],
    [["--repo", ".", "--signal", "package.json", "--now", "soon"], "--now wants a date"],
  ])("%j is a usage error", async (args, message) => {
    const { code, err } = await run(["plan", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

it("a directory that isn't there is named", async () => {
  const missing = join(temporaryDirectory(), "nowhere");
  const { code, out, err } = await run(["plan", "--repo", missing, "--command", "/remit restart checkout"]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain(`${missing} isn't a directory`);
});
