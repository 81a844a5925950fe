import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { kustomization } from "../gitops/catalogue/catalogue-of.ts";
import { gitRepository } from "../gitops/git-repository.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { run } from "./run.ts";

const authority = (service: string, more = "") => `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - {name: checkout, match: {services: [${service}], actions: [rollback]}, tier: delay${more}}
`;
const runbook = `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: bad-deploy}
spec:
  on: {alerts: [HighErorRate]}
  steps: [{action: rollback}]
`;
const rules = "groups:\n- name: shop\n  rules:\n  - {alert: HighErrorRate, expr: up == 0}\n";

function repositoryWith(policy: Readonly<Record<string, string>>) {
  const repository = gitRepository();
  repository.commit({
    "apps/checkout/production/deployment.yaml":
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: checkout}\nspec: {template: {spec: {containers: [{name: main, image: 'r.io/checkout:v1'}]}}}\n",
    "apps/checkout/production/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
    "monitoring/rules.yaml": rules,
    ...policy,
  });
  return repository;
}

function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

describe("remit lint", () => {
  test("the default pack is clean", async () => {
    expect(await run(["lint", "policies", "--strict"])).toEqual({
      code: 0,
      out: "0 errors, 0 warnings\nNames weren't compared with a repository: --repo DIR does.\n",
      err: "",
    });
  });

  test("it compares the policy of a commit with that commit's targets and alerting rules, and ends with 1", async () => {
    const { directory } = repositoryWith({
      ".github/remit/authority.yaml": authority("chekout"),
      ".github/remit/runbooks/bad-deploy.yaml": runbook,
    });
    const { code, out } = await run(["lint", "--repo", directory]);
    expect(out).toBe(`authority.yaml:7:43: error name-unknown: grant checkout names the service "chekout"
  why:  this repository has no such service, so this part of the grant grants nothing
  mend: did you mean checkout?
runbooks/bad-deploy.yaml:5:16: warning runbook-never-triggers: nothing starts runbook bad-deploy: it waits for HighErorRate
  why:  this repository holds alerting rules, and none of them raises it
  mend: did you mean HighErrorRate?
1 error, 1 warning
`);
    expect(code).toBe(1);
  });

  test("an earlier commit can be named, and a directory wins over the commit's policy", async () => {
    const repository = repositoryWith({ ".github/remit/authority.yaml": authority("checkout") });
    const first = repository.git("rev-parse", "HEAD");
    repository.commit({ ".github/remit/authority.yaml": authority("chekout") });
    expect((await run(["lint", "--repo", repository.directory])).code).toBe(1);
    expect((await run(["lint", "--repo", repository.directory, "--at", first])).code).toBe(0);
    const draft = directoryWith({ "authority.yaml": authority("checkout") });
    expect((await run(["lint", draft, "--repo", repository.directory])).code).toBe(0);
  });

  test("a warning ends with 0, and with 1 where --strict is given", async () => {
    const directory = directoryWith({ "authority.yaml": authority("checkout", ", limits: {perTarget: 5/24h}") });
    const { code, out } = await run(["lint", directory, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ compared: false, findings: [{ code: "limit-never-binds", line: 7 }] });
    expect(code).toBe(0);
    expect((await run(["lint", directory, "--strict"])).code).toBe(1);
  });

  test("a mistake is a finding, and the other files are looked at all the same", async () => {
    const directory = directoryWith({ "authority.yaml": "kind: Authority\nspce: {}\n", "runbooks/a.yaml": runbook });
    const config = join(directory, "remit.yaml");
    writeFileSync(
      config,
      "sources:\n- {name: am, type: alertmanager, repository: acme/shop, alerts: [HighErrorRate]}\n- {name: flux, type: flux, repository: acme/shop}\n",
    );
    const { code, out } = await run(["lint", directory, "--config", config, "--json"]);
    const { findings } = JSON.parse(out);
    expect(findings).toContainEqual(expect.objectContaining({ code: "policy-invalid", line: 2, column: 1 }));
    expect(findings.at(-1)).toMatchObject({ code: "runbook-never-triggers", severity: "error" });
    expect(code).toBe(1);
  });

  test("a source that may raise anything may start anything", async () => {
    const directory = directoryWith({ "runbooks/a.yaml": runbook });
    const config = join(directory, "remit.yaml");
    writeFileSync(config, "sources:\n- {name: am, type: alertmanager, repository: acme/shop}\n");
    expect((await run(["lint", directory, "--config", config])).code).toBe(0);
  });

  test.each([
    [["lint", "nowhere/at/all"], "there are no files in nowhere/at/all"],
    [["lint", "a", "b"], "wants one directory at most"],
    [["lint", "policies", "--at", "0".repeat(40)], "--at goes with --repo"],
    [["lint", "policies", "--config", "nowhere.yaml"], "--config: nowhere.yaml: can't read it"],
    [["lint", "--stict"], "did you mean --strict?"],
  ])("%j is a usage error", async (argv, message) => {
    const { code, err } = await run(argv);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
