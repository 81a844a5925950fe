/**
 * How long the gate takes for a pull request that changes 1,000 files, as ratios to what nobody can avoid in the same run: git's own
 * `git diff` of the same two commits. `warm`: the base is indexed already, as it is in the App. `cold`: a process that knows nothing,
 * as in CI. `node bench/gate.ts [--services N] [--rounds N] [--json]`
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { openLocalMirror } from "../src/gitops/mirror/open-local-mirror.ts";
import { gateRevisions } from "../src/remediation/gate-revisions.ts";
import { repositoryReader } from "../src/remediation/repository-reader.ts";
import { median } from "./median.ts";

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "1000" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean" },
  },
});
const services = Number(values.services);
const rounds = Number(values.rounds);

const directory = mkdtempSync(join(tmpdir(), "remit-bench-"));
try {
  git(["init", "--quiet", "--bare", "--initial-branch=main"]);
  const base = commit("main", undefined, files(0));
  const heads = Array.from({ length: rounds + 1 }, (_, round) => commit(`head-${round}`, base, overlays(round + 1)));
  report(await measure(base, heads));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

interface Times {
  readonly gitDiff: number;
  readonly warm: number;
  readonly cold: number;
}

async function measure(base: string, heads: readonly string[]): Promise<readonly Times[]> {
  const times: Times[] = [];
  const mirror = await openLocalMirror(directory);
  const reader = repositoryReader(mirror);
  const [first = base, ...others] = heads;
  await gateRevisions(reader, base, first);
  for (const head of others) {
    const gitDiff = await timed(async () => git(["diff", base, head]));
    const warm = await timed(() => gateRevisions(reader, base, head));
    const cold = await timed(async () => {
      const other = await openLocalMirror(directory);
      await gateRevisions(repositoryReader(other), base, head);
      await other.close();
    });
    times.push({ gitDiff, warm, cold });
  }
  await mirror.close();
  return times;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function report(times: readonly Times[]): void {
  const of = (pick: (time: Times) => number) => Number(median(times.map(pick)).toFixed(2));
  const summary = {
    files: services,
    gitDiffMs: of(({ gitDiff }) => gitDiff),
    warmMs: of(({ warm }) => warm),
    coldMs: of(({ cold }) => cold),
    warmToGitDiff: of(({ warm, gitDiff }) => warm / gitDiff),
    coldToGitDiff: of(({ cold, gitDiff }) => cold / gitDiff),
  };
  if (values.json) console.log(JSON.stringify(summary));
  else console.table(summary);
}

function files(round: number): Record<string, string> {
  const all: Record<string, string> = overlays(round);
  for (let index = 0; index < services; index++) {
    const name = `service-${index}`;
    all[`apps/${name}/base/kustomization.yaml`] = "kind: Kustomization\nresources:\n  - deployment.yaml\n";
    all[`apps/${name}/base/deployment.yaml`] =
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: ${name}\n          image: ghcr.io/acme/${name}\n`;
  }
  return all;
}

function overlays(round: number): Record<string, string> {
  const all: Record<string, string> = {};
  for (let index = 0; index < services; index++) {
    const image = `images:\n  - name: ghcr.io/acme/service-${index}\n    newTag: v1.${index}.${round}\n`;
    all[`apps/service-${index}/overlays/production/kustomization.yaml`] = `resources:\n  - ../../base\n${image}`;
  }
  return all;
}

function commit(branch: string, parent: string | undefined, changes: Readonly<Record<string, string>>): string {
  const head = `commit refs/heads/${branch}\ncommitter A <a@example.com> 1700000000 +0000\ndata 0\n`;
  const from = parent === undefined ? "" : `from ${parent}\n`;
  const body = Object.entries(changes).map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  git(["fast-import", "--quiet"], head + from + body.join(""));
  return git(["rev-parse", `refs/heads/${branch}`]).trim();
}

function git(args: readonly string[], input = ""): string {
  return execFileSync("git", ["--git-dir", directory, ...args], { input, encoding: "utf8", maxBuffer: 1 << 28 });
}
