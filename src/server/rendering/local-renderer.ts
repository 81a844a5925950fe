/**
 * Renders with the programs of this machine. What they read comes from a repository that anybody may have written, so they get a
 * directory with nothing else in it, an empty home, no program that they could start, no address that they could reach by a proxy,
 * and an end.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { HelmJob, KustomizeJob, Renderer, Rendering } from "../../remediation/rendering/renderer.ts";
import type { FoundTools } from "./find-tools.ts";
import { type Layout, unfit, withLayout } from "./lay-out.ts";
import { runTool } from "./run-tool.ts";
import { Slots } from "./slots.ts";

export interface LocalRendererOptions {
  /** How long one run may take. 20,000 unless said otherwise. */
  readonly timeoutMs?: number;
}

const maxOutputBytes = 32 * 1024 * 1024;
/** Each takes one processor, and memory for all that it reads. */
const mostAtOnce = 4;

export function localRenderer({ kustomize, helm }: FoundTools, options: LocalRendererOptions = {}): Renderer {
  const { timeoutMs = 20_000 } = options;
  const slots = new Slots(Math.min(availableParallelism(), mostAtOnce));
  const programs = { kustomize: kustomize?.program, helm: helm?.program };
  return {
    tools: {
      ...(kustomize && { kustomize: `kustomize ${kustomize.version}` }),
      ...(helm && { helm: `helm ${helm.version}` }),
    },
    async render(job): Promise<Rendering> {
      const program = programs[job.tool];
      if (program === undefined) return { outcome: "failed", why: "tool", said: `${job.tool} isn't at hand` };
      const why = unfit(job.files);
      if (why !== undefined) return { outcome: "failed", why: "size", said: why };
      return slots.take(() =>
        withLayout(job.files, async (layout) => {
          const args =
            job.tool === "helm" ? await helmArgs(job, layout) : kustomizeArgs(job, kustomize?.by ?? "kustomize");
          const environment = environmentIn(layout);
          const run = { program, args, directory: layout.tree, environment, timeoutMs, maxBytes: maxOutputBytes };
          const { code, ended, stdout, stderr } = await runTool(run);
          if (ended !== undefined) return { outcome: "failed", why: ended, said: "" };
          return code === 0
            ? { outcome: "rendered", text: stdout }
            : { outcome: "failed", why: "refused", said: stderr.replaceAll(layout.tree, "") };
        }),
      );
    },
  };
}

/** Every path begins with `./`, and stands behind `--`. The rest are defaults, said aloud: nothing from outside, and no charts. */
function kustomizeArgs({ directory }: KustomizeJob, by: "kustomize" | "kubectl"): readonly string[] {
  return [
    by === "kubectl" ? "kustomize" : "build",
    "--load-restrictor=LoadRestrictionsRootOnly",
    "--enable-helm=false",
    "--enable-alpha-plugins=false",
    "--",
    below(directory),
  ];
}

/** What comes from the repository stands behind a `=` or behind `--`. Helm takes commas apart in the paths of values, so they get names of ours. */
async function helmArgs(
  { chart, release, namespace, values, set }: HelmJob,
  layout: Layout,
): Promise<readonly string[]> {
  const files = values.map((_, index) => `values-${index}.yaml`);
  for (const [index, name] of files.entries()) await writeFile(join(layout.home, name), values[index] ?? "");
  return [
    "template",
    "--skip-schema-validation",
    "--include-crds",
    `--namespace=${namespace}`,
    ...files.map((name) => `--values=../home/${name}`),
    ...set.map(({ text, string }) => `--set${string ? "-string" : ""}=${text}`),
    "--",
    release,
    below(chart),
  ];
}

function below(path: string): string {
  return path === "" ? "." : `./${path}`;
}

/** Nobody listens at port 1, where a renderer that fetches after all would ask. An empty `PATH` would mean the directory itself. */
function environmentIn({ home }: Layout): Readonly<Record<string, string>> {
  const nowhere = "http://127.0.0.1:1";
  const empty = join(home, "none");
  return {
    HOME: home,
    PATH: empty,
    TMPDIR: home,
    LC_ALL: "C",
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    KUBECONFIG: join(empty, "config"),
    HELM_PLUGINS: empty,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
    ALL_PROXY: nowhere,
  };
}
