import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { kustomizeTree } from "../../../src/gitops/rendering/kustomize-tree.ts";
import { findTools } from "../../../src/server/rendering/find-tools.ts";
import { localRenderer } from "../../../src/server/rendering/local-renderer.ts";
import { runTool } from "../../../src/server/rendering/run-tool.ts";
import { viewOf } from "../../gitops/rendering/view-of.ts";
import { describeRenderer, renderer, tools } from "../../support/rendering/describe-renderer.ts";

const deployment =
  "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: checkout}\nspec: {template: {spec: {containers: [{name: app, image: r.io/checkout:v1}]}}}\n";

const files = (texts: Record<string, string>) => new Map(Object.entries(texts));

const kustomize = (directory: string, texts: Record<string, string>) =>
  renderer.render({ tool: "kustomize", files: files(texts), directory });

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "remit-tools-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describeRenderer("kustomize", "kustomize", () => {
  test("builds what is laid out, as it was read", async () => {
    const view = viewOf({
      "prod/kustomization.yaml":
        "resources: [../base]\nnamespace: shop\nimages:\n- name: r.io/checkout # as ever\n  newTag: v2\n",
      "base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "base/deployment.yaml": deployment,
    });
    const tree = kustomizeTree("prod", view);
    if ("why" in tree) throw new Error(tree.why);
    const laid = new Map([
      ...tree.written,
      ...[...tree.copied].map(([place, path]) => [place, view.text(path) ?? ""] as const),
    ]);
    const rendering = await renderer.render({ tool: "kustomize", files: laid, directory: "prod" });
    expect(rendering).toMatchObject({ outcome: "rendered", text: expect.stringContaining("image: r.io/checkout:v2") });
    expect(rendering).toMatchObject({ text: expect.stringContaining("namespace: shop") });
  });

  test("reads nothing outside of the kustomization, and starts nothing", async () => {
    const base = { "base/deployment.yaml": deployment };
    for (const kustomization of [
      "resources: [../base/deployment.yaml]\n",
      "configMapGenerator: [{name: a, files: [../../../../../../../../etc/passwd]}]\n",
      "resources: [/etc/passwd]\n",
      "generators: [g.yaml]\n",
      "helmCharts: [{name: a, repo: 'http://127.0.0.1:1'}]\n",
    ]) {
      const generator = `apiVersion: v1\nkind: Touch\nmetadata: {name: a, annotations: {config.kubernetes.io/function: "exec: {path: /bin/ls}"}}\n`;
      const rendering = await kustomize("app", {
        ...base,
        "app/kustomization.yaml": kustomization,
        "app/g.yaml": generator,
      });
      expect([kustomization, rendering]).toMatchObject([kustomization, { outcome: "failed", why: "refused" }]);
    }
  });

  test("asks no server, since what names one isn't even laid out", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end(deployment);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/base.yaml`;
    const text = `resources: [${JSON.stringify(url)}]\n`;
    expect(kustomizeTree("", viewOf({ "kustomization.yaml": text }))).toMatchObject({ why: "remote", name: url });
    expect(asked).toEqual([]);
    // The server is there, and a build without that look would ask it.
    await kustomize("", { "kustomization.yaml": text });
    expect(asked).toEqual(["/base.yaml"]);
  });

  test("clones nothing: there is no git for it", async () => {
    const rendering = await kustomize("", {
      "kustomization.yaml": "resources: ['https://127.0.0.1:1/acme/base.git?ref=v1']\n",
    });
    expect(rendering).toMatchObject({
      outcome: "failed",
      said: expect.stringMatching(/no 'git' program|executable file not found/),
    });
  });

  test("leaves nothing behind", async () => {
    const place = await mkdtemp(join(tmpdir(), "remit-left-"));
    vi.stubEnv("TMPDIR", place);
    try {
      await kustomize("", { "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": deployment });
      await kustomize("", { "kustomization.yaml": "resources: [gone.yaml]\n" });
      expect(await readdir(place)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      await rm(place, { recursive: true });
    }
  });
});

const chart = (template: string) => ({
  "chart/Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 1.0.0\n",
  "chart/values.yaml": "tag: v1\nreplicas: 2\n",
  "chart/templates/a.yaml": template,
});

const helm = (template: string, more: { values?: string[]; set?: { text: string; string: boolean }[] } = {}) => ({
  tool: "helm" as const,
  files: files(chart(template)),
  chart: "chart",
  release: "checkout",
  namespace: "shop",
  values: [],
  set: [],
  ...more,
});

describeRenderer("helm", "helm", () => {
  const template =
    "kind: A\napiVersion: v1\nmetadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}\nspec: {tag: {{ .Values.tag }}, replicas: {{ .Values.replicas }}, typed: {{ kindOf .Values.replicas }}}\n";

  test("a later text of values counts more, and what is set most", async () => {
    const render = async (more: Parameters<typeof helm>[1]) => {
      const rendering = await renderer.render(helm(template, more));
      return rendering.outcome === "rendered" ? /spec: (.*)/.exec(rendering.text)?.[1] : rendering.said;
    };
    expect(await render({})).toBe("{tag: v1, replicas: 2, typed: float64}");
    expect(await render({ values: ["tag: v2\n", "tag: v3\n"] })).toBe("{tag: v3, replicas: 2, typed: float64}");
    const set = [
      { text: "tag=v4", string: false },
      { text: "replicas=3", string: true },
    ];
    expect(await render({ values: ["tag: v2\n"], set })).toBe("{tag: v4, replicas: 3, typed: string}");
  });

  test("names that look like options are names", async () => {
    const rendering = await renderer.render({
      ...helm(template),
      release: "--post-renderer=/bin/true",
      namespace: "--debug",
    });
    expect(rendering).toMatchObject({ outcome: "failed", said: expect.stringContaining("release name") });
  });

  test("a template resolves no name, and sees no variable of ours", async () => {
    const dns = await renderer.render(helm('kind: A\napiVersion: v1\na: {{ getHostByName "localhost" | quote }}\n'));
    expect(dns).toMatchObject({ outcome: "rendered", text: expect.stringContaining('a: ""') });
    expect(await renderer.render(helm('kind: {{ env "HOME" }}\n'))).toMatchObject({ outcome: "failed" });
  });

  test("a template without an end is ended", async () => {
    const slow = localRenderer(tools, { timeoutMs: 300 });
    const endless = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}\n";
    expect(await slow.render(helm(endless))).toEqual({ outcome: "failed", why: "time", said: "" });
  });
});

describe("a run", () => {
  test("takes whatever it started with it when its time is over", async () => {
    const directory = await temporary();
    const program = join(directory, "tool");
    await writeFile(program, `#!/bin/sh\n/bin/sleep 300 &\necho $! > pid\nwait\n`);
    await chmod(program, 0o755);
    const environment = {};
    const run = { program, args: [], directory, environment, timeoutMs: 500, maxBytes: 1000 };
    expect(await runTool(run)).toMatchObject({ code: undefined, ended: "time" });
    const pid = (await readFile(join(directory, "pid"), "utf8")).trim();
    expect(pid).toMatch(/^\d+$/);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test("is ended when it writes too much", async () => {
    const run = {
      program: "/bin/sh",
      args: ["-c", "while :; do echo aaaaaaaaaaaaaaaa; done"],
      directory: "/",
      environment: {},
    };
    expect(await runTool({ ...run, timeoutMs: 20_000, maxBytes: 10_000 })).toMatchObject({ ended: "size", stdout: "" });
  });
});

/** Who has ended and is only waited for doesn't run. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" });
  return /^[^Z]/.test(stdout.trim());
}

describe("what is laid out", () => {
  const any = localRenderer({
    kustomize: { program: "/bin/false", version: "v5.0.0", by: "kustomize" },
    helm: undefined,
  });

  test.each(["../a", "/etc/a", "a/../../b", "a//b", ""])("never leads elsewhere: %j", async (path) => {
    const rendering = await any.render({ tool: "kustomize", files: files({ [path]: "x" }), directory: "" });
    expect(rendering).toMatchObject({ why: "size", said: "a path leads elsewhere" });
  });

  test("has an end", async () => {
    const many = new Map(Array.from({ length: 2001 }, (_, index) => [`${index}`, ""]));
    expect(await any.render({ tool: "kustomize", files: many, directory: "" })).toMatchObject({ why: "size" });
    const large = new Map([["a", "a".repeat(21 * 1024 * 1024)]]);
    expect(await any.render({ tool: "kustomize", files: large, directory: "" })).toMatchObject({ why: "size" });
    const packed = new Map([["charts/a-1.tgz", gzipSync(Buffer.alloc(21 * 1024 * 1024))]]);
    expect(await any.render({ tool: "kustomize", files: packed, directory: "" })).toMatchObject({ why: "size" });
  });
});

describe("the tools of a machine", () => {
  async function machine(programs: Record<string, string>): Promise<string> {
    const directory = await temporary();
    for (const [name, says] of Object.entries(programs)) {
      await writeFile(join(directory, name), `#!/bin/sh\necho '${says}'\n`);
      await chmod(join(directory, name), 0o755);
    }
    return directory;
  }

  test("are looked for in PATH, and have to be new enough", async () => {
    const path = await machine({ kustomize: "v5.4.3", kubectl: "Kustomize Version: v5.0.1", helm: "v3.16.2" });
    expect(await findTools(path)).toEqual({
      kustomize: { program: join(path, "kustomize"), version: "v5.4.3", by: "kustomize" },
      helm: { program: join(path, "helm"), version: "v3.16.2" },
    });
    const older = await machine({
      kustomize: "{kustomize/v4.5.7 2022}",
      kubectl: "Kustomize Version: v5.0.1",
      helm: "v3.15.4",
    });
    expect(await findTools(older)).toMatchObject({ kustomize: { by: "kubectl", version: "v5.0.1" }, helm: undefined });
    const oldest = await machine({ kubectl: "Kustomize Version: v4.5.7" });
    expect(await findTools(`${oldest}:relative:`)).toEqual({ kustomize: undefined, helm: undefined });
    expect((await findTools(`${oldest}:${path}`)).kustomize?.by).toBe("kustomize");
  });

  test("without one a job fails by itself", async () => {
    const none = localRenderer({ kustomize: undefined, helm: undefined });
    expect(none.tools).toEqual({});
    expect(await none.render({ tool: "kustomize", files: new Map(), directory: "" })).toMatchObject({ why: "tool" });
  });
});
