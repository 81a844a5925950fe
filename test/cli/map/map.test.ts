import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { pathText } from "../../../src/cli/map/path-text.ts";
import { type GitRepository, gitRepository, temporaryDirectory } from "../../gitops/git-repository.ts";
import { run } from "../run.ts";

const kustomization = (body: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout}
spec:
  replicas: 2
  template: {spec: {containers: [{name: main, image: 'r.io/checkout:v0'}]}}
`;

const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: checkout}
spec:
  scaleTargetRef: {name: checkout}
`;

const overlay = (tag: string): string =>
  kustomization(`namespace: shop\nresources: [../../base]\nimages:\n- {name: r.io/checkout, newTag: ${tag}}\n`);

function shop(): GitRepository {
  const repository = gitRepository();
  repository.commit({
    "apps/checkout/base/deployment.yaml": deployment,
    "apps/checkout/base/hpa.yaml": scaler,
    "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml, hpa.yaml]\n"),
    "apps/checkout/overlays/prod/kustomization.yaml": overlay("v1"),
    "apps/checkout/overlays/staging/kustomization.yaml": overlay("v1"),
    "clusters/prod/apps.yaml":
      "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {path: ./apps/checkout/overlays/prod}\n",
    "broken.yaml": "a: [\n",
  });
  repository.commit({ "apps/checkout/overlays/prod/kustomization.yaml": overlay("v2") });
  repository.commit({ "apps/checkout/overlays/prod/kustomization.yaml": overlay("v3") });
  return repository;
}

describe("remit map", () => {
  test("where a variable is set and put, and which generators only the cluster resolves", async () => {
    const repository = gitRepository();
    repository.commit({
      "deploy/kustomization.yaml": kustomization("resources: [checkout.yaml]\n"),
      "deploy/checkout.yaml": deployment.replace("checkout:v0", "checkout:\u0024{tag}"),
      "clusters/prod/apps.yaml":
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec:\n  path: ./deploy\n  postBuild:\n    substitute:\n      tag: v2\n",
      "argocd/all.yaml":
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators:\n  - clusters: {}\n",
    });
    const at = ["map", "--repo", repository.directory];
    const { out, err } = await run([...at, "--service", "checkout"]);
    expect(out).toContain("Flux puts \u0024{tag} in from there: clusters/prod/apps.yaml:8");
    expect(out).toContain("put into deploy/checkout.yaml:6");
    expect(err).toContain("argocd/all.yaml:6: what a clusters generator finds isn't in the repository");
    const field = await run([...at, "--field", "clusters/prod/apps.yaml:spec.postBuild.substitute.tag"]);
    expect(field.out).toContain("put into deploy/checkout.yaml:6");
  });

  test("a tree of targets: fields with file, line, value and role, what wins over them, and who else writes them", async () => {
    const { code, out, err } = await run([
      "map",
      "--repo",
      shop().directory,
      "--service",
      "checkout",
      "--environment",
      "production",
    ]);
    expect(code).toBe(0);
    expect(out).toBe(`checkout/prod  (namespace shop)
  apps/checkout/base/deployment.yaml  (1 more field)
       5  replicas      spec.replicas = 2  [shared with 1 other target; a HorizontalPodAutoscaler writes it: apps/checkout/base/hpa.yaml:5]
       6  image         spec.template.spec.containers[0].image = r.io/checkout:v0  [shared with 1 other target; a Kustomize images entry replaces it: apps/checkout/overlays/prod/kustomization.yaml:6]
  apps/checkout/base/hpa.yaml  (1 more field)
  apps/checkout/base/kustomization.yaml  (2 more fields)
  apps/checkout/overlays/prod/kustomization.yaml  (3 more fields)
       6  image-tag     images[0].newTag = v3
  applied by Kustomization flux-system/apps
`);
    expect(err).toMatch(/^broken\.yaml:\d+: /);
  });

  test("templates are counted, and only what should be readable is told file by file; objects of one name are told once", async () => {
    const repository = gitRepository();
    const apps = (cluster: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, labels: {cluster: ${cluster}}}\nspec: {path: ./deploy}\n`;
    const broken = Array.from({ length: 23 }, (_, index) => [`broken/${index + 10}.yaml`, "a: [\n"] as const);
    repository.commit({
      ...Object.fromEntries(broken),
      "charts/cart/Chart.yaml": "apiVersion: v2\nname: cart\nversion: 1.0.0\n",
      "charts/cart/templates/one.yaml": "a: {{ .Values.a | b }} c\n{{- end }}\n",
      "charts/cart/templates/two.yaml": "a: {{ .Values.a | b }} c\n{{- end }}\n",
      "deploy/kustomization.yaml": kustomization("resources: [checkout.yaml]\n"),
      "deploy/checkout.yaml": deployment,
      "clusters/a/apps.yaml": apps("a"),
      "clusters/b/apps.yaml": apps("b"),
    });
    const { out, err } = await run(["map", "--repo", repository.directory]);
    expect(err.trimEnd().split("\n").slice(-3)).toEqual([
      expect.stringMatching(/^broken\/29\.yaml:\d+: /),
      "and 3 more files (--json lists them)",
      "2 templates aren't read as YAML: what stood there can be restored, and no value is set (--json lists them)",
    ]);
    expect(out.match(/applied by Kustomization apps/g)).toHaveLength(out.match(/^checkout/gm)?.length ?? 0);
  });

  test("what a forge or a package manager is told is no target, wherever it stands", async () => {
    const repository = gitRepository();
    repository.commit({
      "apps/checkout/deployment.yaml": deployment,
      ".github/workflows/checkout.yaml": "jobs: {build: {image: 'r.io/builder:v1'}}\n",
      ".github/ISSUE_TEMPLATE/outage.yaml": "name: outage\nbody: []\n",
      "tools/.circleci/config.yml": "version: 2.1\n",
      "web/node_modules/left/package.json": '{"name": "left", "version": "1.0.0"}\n',
    });
    const { out } = await run(["map", "--repo", repository.directory]);
    expect(out.split("\n").filter((line) => /^ {0,2}\S/.test(line))).toEqual([
      "checkout",
      expect.stringMatching(/^ {2}apps\/checkout\/deployment\.yaml/),
    ]);
  });

  test("as JSON, of a bare repository, at any commit", async () => {
    const repository = shop();
    const first = repository.git("rev-list", "--max-parents=0", "HEAD").trim();
    const bare = join(temporaryDirectory(), "bare.git");
    repository.git("clone", "--quiet", "--bare", repository.directory, bare);
    const { code, out } = await run(["map", "--repo", bare, "--at", first, "--environment", "prod", "--json"]);
    const answer = JSON.parse(out);
    expect(code).toBe(0);
    expect(answer.revision).toBe(first);
    expect(answer.diagnostics).toEqual([
      { file: "broken.yaml", line: expect.any(Number), message: expect.any(String) },
    ]);
    const checkout = answer.targets.find((each: { target: { service: string } }) => each.target.service === "checkout");
    expect(checkout.target).toEqual({ service: "checkout", environment: "prod", namespace: "shop" });
    expect(checkout.controllers).toEqual([{ kind: "Kustomization", name: "apps", namespace: "flux-system" }]);
    expect(checkout.fields).toContainEqual({
      file: "apps/checkout/overlays/prod/kustomization.yaml",
      line: 6,
      document: 0,
      path: "images[0].newTag",
      role: "image-tag",
      value: "v1",
      sharedWith: 0,
    });
  });

  test("--field tells who set it, whom it affects, and what it was before and when", async () => {
    const repository = shop();
    const place = "apps/checkout/overlays/prod/kustomization.yaml:images[0].newTag";
    const { code, out } = await run(["map", "--repo", repository.directory, "--field", place]);
    expect(code).toBe(0);
    const dates = /\d{4}-\d\d-\d\d(?: \d\d:\d\d)?/g;
    const stable = out
      .replace(dates, "DATE")
      .replace(/\b[0-9a-f]{12}\b/g, "COMMIT")
      .split("\n");
    expect(stable.slice(0, 6)).toEqual([
      "apps/checkout/overlays/prod/kustomization.yaml:6  images[0].newTag = v3  (image-tag)",
      expect.stringMatching(/^ {2}set by .* on DATE in COMMIT: /),
      "  affects checkout/prod",
      "  applied by Kustomization flux-system/apps",
      "  history",
      expect.stringMatching(/^ {4}DATE {2}COMMIT {2}v2 → v3 {2}/),
    ]);
    expect(stable[6]).toContain("v1 → v2");
    expect(stable[7]).toContain("(absent) → v1");
    const json = JSON.parse((await run(["map", "--repo", repository.directory, "--field", place, "--json"])).out);
    expect(
      json.fields[0].history.map((past: { before: unknown; after: unknown }) => [past.before, past.after]),
    ).toEqual([
      ["v2", "v3"],
      ["v1", "v2"],
      [undefined, "v1"],
    ]);
  });

  test("--field of a base of many counts them before it names them", async () => {
    const repository = gitRepository();
    const environments = ["dev", "test", "staging", "qa", "prod"];
    repository.commit({
      "apps/checkout/base/deployment.yaml": deployment,
      "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
      ...Object.fromEntries(
        environments.map((each) => [`apps/checkout/overlays/${each}/kustomization.yaml`, overlay("v1")]),
      ),
    });
    const place = "apps/checkout/base/deployment.yaml:spec.replicas";
    const { out } = await run(["map", "--repo", repository.directory, "--field", place]);
    expect(out).toContain(
      "  affects 5 targets: checkout/dev, checkout/prod, checkout/qa, checkout/staging, checkout/test\n",
    );
  });

  test("--field of a shared base names everybody whom it affects, and who else writes it", async () => {
    const place = "apps/checkout/base/deployment.yaml:spec.replicas";
    const { out } = await run(["map", "--repo", shop().directory, "--field", place]);
    expect(out).toContain("  affects checkout/prod, checkout/staging\n");
    expect(out).toContain("  also written by a HorizontalPodAutoscaler, apps/checkout/base/hpa.yaml:5\n");
  });

  test("a bot in the history is named by what it signs with", async () => {
    const repository = gitRepository();
    repository.commit({ "apps/a/values.yaml": "image: {tag: v1, name: x}\n" });
    repository.commit({ "apps/a/values.yaml": "image: {tag: v2, name: x}\n" });
    repository.git("commit", "--quiet", "--amend", "--no-edit", "--author=renovate[bot] <bot@example.com>");
    const { out } = await run(["map", "--repo", repository.directory, "--field", "apps/a/values.yaml:image.tag"]);
    expect(out).toContain("also written by Renovate or Dependabot, as the history says");
  });

  test.each([
    [["--service", "chekout"], 'map: the repository has no service "chekout", did you mean checkout?'],
    [["--service", "checkout", "--environment", "qa"], 'map: the repository has no environment "qa"'],
    [["--field", "values.yaml"], "--field wants FILE:PATH, such as values.yaml:image.tag"],
    [["--field", "nowhere.yaml:a"], "--field: the repository has no such file"],
    [["--field", "broken.yaml:a"], "broken.yaml:"],
    [["--field", "clusters/prod/apps.yaml:spec.nope"], 'clusters/prod/apps.yaml has no field "spec.nope"'],
    [["--at", "HEAD"], "--at wants a full commit id"],
    [["--at", "0".repeat(40)], "isn't in this repository"],
  ])("%j is a usage error that says what to do", async (options, message) => {
    const { code, err } = await run(["map", "--repo", shop().directory, ...options]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test("without --repo it says so", async () => {
    expect(await run(["map"])).toMatchObject({ code: 2, err: expect.stringContaining("--repo is missing") });
  });

  test("progress is for terminals only, and gone when it is done", async () => {
    const written: string[] = [];
    const stderr = { isTTY: true, write: (text: string) => written.push(text) };
    const code = await main(["map", "--repo", shop().directory], { stdout: { write() {} }, stderr, env: {} });
    expect(code).toBe(0);
    expect(written[0]).toMatch(/^\rtargets 1\/\d+ $/);
    expect(written).toContain("\r\u001b[K");
  });
});

test("a path's text tells every path of one document apart", () => {
  const path = fc.array(fc.oneof(fc.stringMatching(/^[a-z][a-z_-]{0,4}$/), fc.nat(20)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(path, path, (a, b) => {
      expect(pathText(a) === pathText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});
