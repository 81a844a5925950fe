import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import type { PlanAnswer } from "../../src/remediation/plan-answer.ts";
import { planFromAlerts } from "../../src/remediation/plan-from-alerts.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { deployment, kustomization } from "../gitops/catalogue/catalogue-of.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

async function plan(repository: GitRepository, labels: Readonly<Record<string, string>>): Promise<PlanAnswer> {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const alert = {
    kind: "alert" as const,
    source: "prometheus",
    repository: "acme/shop",
    fingerprint: "828c936db785396a",
    status: "firing" as const,
    labels: { alertname: "ServiceDown", ...labels },
    annotations: {},
    startsAt: now - 5 * 60_000,
    endsAt: undefined,
    observedAt: now,
  };
  return planFromAlerts({ reader: repositoryReader(mirror), revision: await mirror.head(), signals: [alert], now });
}

const subjects = (repository: GitRepository, { suspects }: PlanAnswer) =>
  suspects.map(({ commit }) => repository.git("show", "--no-patch", "--format=%s", commit));
const written = ({ files }: PlanAnswer) => Object.fromEntries(files.map(({ path, content }) => [path, content]));

describe("a line elsewhere that draws the service in", () => {
  const cluster = "clusters/production/kustomization.yaml";
  const list = (...lines: string[]) => kustomization(`resources:\n${lines.map((line) => `${line}\n`).join("")}`);
  const [cart, mail, search] = ["cart", "mail", "search"].map((name) => `  - ../../apps/${name}/production`);

  function shop(): GitRepository {
    const repository = gitRepository();
    const files: Record<string, string> = { [cluster]: list(`${cart}`, `${mail}`, `${search}`) };
    for (const name of ["cart", "mail", "search"]) {
      files[`apps/${name}/production/kustomization.yaml`] = kustomization("resources:\n  - deployment.yaml\n");
      files[`apps/${name}/production/deployment.yaml`] = deployment(name, `r.io/${name}:v1`);
    }
    repository.commit(files, { message: "start", at: ago(30 * 24 * 60) });
    return repository;
  }
  const labels = { service: "mail", environment: "production" };

  test.each([
    ["was removed", [`${cart}`, `${search}`]],
    ["was commented out", [`${cart}`, `  # - ../../apps/mail/production`, `${search}`]],
  ])("comes back when it %s", async (_, lines) => {
    const repository = shop();
    repository.commit({ [cluster]: list(...lines) }, { message: "stop mail", at: ago(30) });
    const answer = await plan(repository, labels);
    expect(subjects(repository, answer)).toEqual(["stop mail"]);
    expect(written(answer)).toEqual({ [cluster]: list(`${cart}`, `${mail}`, `${search}`) });
  });

  test("comes back alone where the same commit stopped others, too", async () => {
    const repository = shop();
    repository.commit({ [cluster]: list(`${cart}`) }, { message: "stop two", at: ago(30) });
    expect(written(await plan(repository, labels))).toEqual({ [cluster]: list(`${cart}`, `${mail}`) });
  });

  test("isn't put back into a list that was closed, which would take more than its own line", async () => {
    const repository = shop();
    repository.commit({ [cluster]: kustomization("resources: []\n") }, { message: "stop all", at: ago(30) });
    const answer = await plan(repository, labels);
    expect(subjects(repository, answer)).toEqual([]);
    expect(answer.outcome).toBe("abstain");
  });

  test("says nothing of another service, nor of another environment", async () => {
    const repository = shop();
    repository.commit({ [cluster]: list(`${mail}`, `${search}`) }, { message: "stop cart", at: ago(30) });
    repository.commit(
      { "clusters/staging/kustomization.yaml": list(`${cart}`, `${mail}`) },
      { message: "begin staging", at: ago(20) },
    );
    const answer = await plan(repository, labels);
    expect(answer.outcome).toBe("abstain");
    expect(answer.suspects).toEqual([]);
  });
});

describe("a document among others in a file", () => {
  test("goes with the line that parts it from the one before", async () => {
    const repository = gitRepository();
    const patch = (name: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n$patch: delete\n`;
    const deletions = "apps/production/deletions.yaml";
    const apps = ["cart", "mail"].map((name) => deployment(name, `r.io/${name}:v1`)).join("---\n");
    repository.commit(
      {
        "apps/base/all.yaml": apps,
        "apps/base/kustomization.yaml": kustomization("resources:\n  - all.yaml\n"),
        "apps/production/kustomization.yaml": kustomization(
          "resources:\n  - ../base\npatches:\n  - path: deletions.yaml\n",
        ),
        [deletions]: patch("search"),
      },
      { message: "start", at: ago(30 * 24 * 60) },
    );
    repository.commit(
      { [deletions]: [patch("search"), `# not needed\n${patch("mail")}`].join("---\n"), "README.md": "# words\n" },
      { message: "delete mail", at: ago(30) },
    );
    const answer = await plan(repository, { service: "mail", environment: "production" });
    expect(written(answer)).toEqual({ [deletions]: patch("search") });
  });
});

describe("an override in a list that others may stand in, too", () => {
  const overlay = "apps/production/kustomization.yaml";
  const base = kustomization("resources:\n  - ../base\n");
  const entry = (name: string) => `  - name: r.io/${name}\n    newTag: v2\n`;
  const labels = { service: "mail", environment: "production" };

  function overridden(...names: string[]): GitRepository {
    const repository = gitRepository();
    const apps = ["cart", "mail"].map((name) => deployment(name, `r.io/${name}:v1`)).join("---\n");
    repository.commit(
      {
        "apps/base/all.yaml": apps,
        "apps/base/kustomization.yaml": kustomization("resources:\n  - all.yaml\n"),
        [overlay]: base,
      },
      { message: "start", at: ago(30 * 24 * 60) },
    );
    repository.commit({ [overlay]: `${base}images:\n${names.map(entry).join("")}` }, { message: "pin", at: ago(30) });
    return repository;
  }

  test("goes with the key that held nothing else", async () => {
    expect(written(await plan(overridden("mail"), labels))).toEqual({ [overlay]: base });
  });

  test("is a person's to take back where the same lines brought another one's", async () => {
    const answer = await plan(overridden("cart", "mail"), labels);
    expect(written(answer)).toEqual({});
    expect(answer.reasons.map(({ code }) => code)).toContain("edit-unsupported");
  });
});

describe("whom the plan suspects", () => {
  const path = "apps/cart/production/values.yaml";
  const values = (tag: string, rest = "") => `image:\n  repository: r.io/cart\n  tag: ${tag}\n${rest}`;
  const labels = { service: "cart" };

  function cart(): GitRepository {
    const repository = gitRepository();
    repository.commit({ [path]: values("v1") }, { message: "start", at: ago(30 * 24 * 60) });
    return repository;
  }

  test("whoever left a file that can't be read any more", async () => {
    const repository = cart();
    repository.commit({ [path]: values("v1", "  limits: [\n") }, { message: "break it", at: ago(90) });
    repository.commit({ "apps/cart/production/other.yaml": "replicas: 3\n" }, { message: "add", at: ago(60) });
    const answer = await plan(repository, labels);
    expect(subjects(repository, answer)[0]).toBe("break it");
    expect(answer.suspects[0]?.why).toContain(`left ${path} in a state that can't be read`);
    expect(written(answer)).toEqual({ [path]: values("v1") });
  });

  test("not whoever reworded a comment", async () => {
    const repository = cart();
    repository.commit({ [path]: values("v2") }, { message: "release", at: ago(120) });
    repository.commit({ [path]: `# tidy\n${values("v2")}` }, { message: "comment", at: ago(20) });
    const answer = await plan(repository, labels);
    expect(subjects(repository, answer)).toEqual(["release", "comment"]);
    expect(written(answer)).toEqual({ [path]: `# tidy\n${values("v1")}` });
  });

  test("nobody whose change was taken back before the trouble", async () => {
    const repository = cart();
    repository.commit({ [path]: values("v2") }, { message: "release", at: ago(600) });
    repository.commit({ [path]: values("v1") }, { message: "back", at: ago(500) });
    expect(subjects(repository, await plan(repository, labels))).toEqual(["back"]);
  });

  test("a change of one of several environments that the alert left open, and says so, with less confidence", async () => {
    const repository = gitRepository();
    const files = (tag: string, ...names: string[]) =>
      Object.fromEntries(names.map((name) => [`apps/cart/${name}/values.yaml`, values(tag)]));
    repository.commit(files("v1", "production", "staging"), { message: "start", at: ago(30 * 24 * 60) });
    repository.commit(files("v2", "production"), { message: "release", at: ago(20) });
    const open = await plan(repository, labels);
    expect(open.target?.environment).toBe("production");
    expect(open.reasons.map(({ code }) => code)).toContain("target-narrowed");
    expect(open.confidence).toBe(0.85);
    const named = await plan(repository, { ...labels, environment: "production" });
    expect(named.confidence).toBeGreaterThan(0.9);
    expect(named.reasons.map(({ code }) => code)).not.toContain("target-narrowed");
  });

  test("nobody who changed only what stands for another part of production", async () => {
    const repository = gitRepository();
    const directories = ["production", "production-eu", "staging"];
    const all = (tag: string) =>
      Object.fromEntries(directories.map((name) => [`apps/cart/${name}/values.yaml`, values(tag)]));
    repository.commit(all("v1"), { message: "start", at: ago(30 * 24 * 60) });
    repository.commit({ "apps/cart/production-eu/values.yaml": values("v2") }, { message: "eu", at: ago(30) });
    expect((await plan(repository, { service: "cart", environment: "production" })).suspects).toEqual([]);
    const eu = await plan(repository, { service: "cart", environment: "production-eu" });
    expect(subjects(repository, eu)).toEqual(["eu"]);
  });
});
