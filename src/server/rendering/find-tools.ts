/** Which renderers this machine has: `kustomize`, or a `kubectl` that brings it along, and `helm`. */
import { access, constants } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { runTool } from "./run-tool.ts";

export interface FoundTool {
  /** Absolute path. */
  readonly program: string;
  /** `v5.5.0`. */
  readonly version: string;
}

export interface FoundTools {
  readonly kustomize: (FoundTool & { readonly by: "kustomize" | "kubectl" }) | undefined;
  readonly helm: FoundTool | undefined;
}

/** Older ones fetch in other ways, and know less of what is refused here. */
const oldestKustomize = [5, 0];
/** The first that may be told to leave a chart's schema alone, which may name addresses. */
const oldestHelm = [3, 16];

/** `path`: as in the environment's `PATH`. */
export async function findTools(path: string): Promise<FoundTools> {
  const directories = path.split(delimiter).filter(isAbsolute);
  const [kustomize, helm] = await Promise.all([
    find(directories, "kustomize", ["version"], /v\d+\.\d+\.\d+\S*/, oldestKustomize),
    find(directories, "helm", ["version", "--template", "{{.Version}}"], /^v\S+/, oldestHelm),
  ]);
  const kubectl =
    kustomize === undefined
      ? await find(directories, "kubectl", ["version", "--client"], /Kustomize Version: (v\S+)/, oldestKustomize)
      : undefined;
  return {
    kustomize: kustomize ? { ...kustomize, by: "kustomize" } : kubectl && { ...kubectl, by: "kubectl" },
    helm,
  };
}

async function find(
  directories: readonly string[],
  name: string,
  args: readonly string[],
  pattern: RegExp,
  oldest: readonly number[],
): Promise<FoundTool | undefined> {
  for (const directory of directories) {
    const program = join(directory, name);
    if (!(await isExecutable(program))) continue;
    const match = pattern.exec(await output(program, args));
    const version = match?.[1] ?? match?.[0];
    if (version !== undefined && isAtLeast(version, oldest)) return { program, version };
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Nothing where it can't be started. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const run = { program, args, directory: tmpdir(), environment: {}, timeoutMs: 10_000, maxBytes: 100_000 };
  return runTool(run).then(
    ({ stdout }) => stdout,
    () => "",
  );
}

function isAtLeast(version: string, [major = 0, minor = 0]: readonly number[]): boolean {
  const [, own, next] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(own) > major || (Number(own) === major && Number(next) >= minor);
}
