/** One measurement of bench/index.ts in a process of its own, so that each begins cold: `node index-phase.ts PHASE GITDIR PLANS`. */
import { subscribe } from "node:diagnostics_channel";
import { performance } from "node:perf_hooks";
import { loadAll } from "js-yaml";
import { openLocalMirror } from "../src/gitops/mirror/git-mirror.ts";
import type { Mirror } from "../src/gitops/mirror/mirror.ts";
import { runGit } from "../src/gitops/mirror/run-git.ts";
import { planFromAlerts } from "../src/remediation/plan-from-alerts.ts";
import { repositoryReader } from "../src/remediation/repository-reader.ts";
import type { AlertSignal } from "../src/signals/signal.ts";
import type { Target } from "../src/target.ts";
import { structuralPushes } from "./structural-pushes.ts";

export interface ParsePhase {
  readonly yamlFiles: number;
  readonly yamlBytes: number;
  readonly parseMs: number;
  /** Of the processor, all threads: steadier than the clock where others use the machine, too. */
  readonly parseCpuMs: number;
}

export interface IndexPhase {
  readonly files: number;
  readonly targets: number;
  readonly diagnostics: number;
  readonly indexMs: number;
  /** Of this process alone; git runs beside it. */
  readonly indexCpuMs: number;
  /** Resident, at most, while indexing. */
  readonly peakBytes: number;
  /** In JavaScript's heap after a collection, with the catalogue held. */
  readonly heapBytes: number;
  readonly firstPlanMs: number;
  readonly planMs: readonly number[];
  /** Of this process alone. */
  readonly planCpuMs: readonly number[];
  /** git processes for each plan. */
  readonly planChildren: number;
  /** `git log -n 40` of one plan's file, by git itself. */
  readonly gitLogMs: number;
  readonly changes: number;
}

export interface PushPhase {
  readonly changedFiles: number;
  readonly firstMs: number;
  readonly pushMs: number;
  /** Of the processor: the first index, and pushes that add a service's directory or change a kustomization. */
  readonly firstCpuMs: number;
  readonly addedCpuMs: number;
  readonly changedCpuMs: number;
}

const pushedCommits = 10;

let children = 0;
subscribe("child_process", () => {
  children += 1;
});

const [phase = "", directory = "", plans = "0"] = process.argv.slice(2);
const phases: Readonly<Record<string, (mirror: Mirror) => Promise<ParsePhase | IndexPhase | PushPhase>>> = {
  parse,
  index: (mirror) => index(mirror, Number(plans)),
  push,
};
if (process.send !== undefined) {
  const mirror = await openLocalMirror(directory);
  const result = await phases[phase]?.(mirror);
  await mirror.close();
  process.send(result ?? {}, () => process.exit(0));
}

async function parse(mirror: Mirror): Promise<ParsePhase> {
  const files = await mirror.files(await mirror.head());
  const yaml = files.filter((file) => /\.ya?ml$/i.test(file.path));
  const [start, used] = [performance.now(), process.cpuUsage()];
  for (const { text } of yaml) {
    try {
      loadAll(text);
    } catch {
      // A template: as far as js-yaml gets, it is part of the time.
    }
  }
  const parseMs = performance.now() - start;
  const parseCpuMs = cpuSince(used);
  return {
    yamlFiles: yaml.length,
    yamlBytes: yaml.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0),
    parseMs,
    parseCpuMs,
  };
}

async function index(mirror: Mirror, count: number): Promise<IndexPhase> {
  const reader = repositoryReader(mirror);
  const [start, used] = [performance.now(), process.cpuUsage()];
  const head = await mirror.head();
  const catalogue = await reader.catalogue(head);
  const indexMs = performance.now() - start;
  const indexCpuMs = cpuSince(used);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  globalThis.gc?.();
  const heapBytes = process.memoryUsage().heapUsed;
  const [newest] = await mirror.log(head, { limit: 1 });
  const now = (newest?.committedAt ?? 0) + 10 * 60_000;
  const targets = sample(
    catalogue.targets.map((entry) => entry.target),
    count,
  );
  const planMs: number[] = [];
  const planCpuMs: number[] = [];
  let changes = 0;
  const before = children;
  for (const target of targets) {
    const [begun, spent] = [performance.now(), process.cpuUsage()];
    const plan = await planFromAlerts({ reader, revision: head, signals: [alertFor(target, now)], now });
    planMs.push(performance.now() - begun);
    planCpuMs.push(cpuSince(spent));
    if (plan.outcome === "change") changes += 1;
  }
  const planChildren = (children - before) / Math.max(1, targets.length);
  const gitLogMs = await gitItself(head, catalogue.targets.find((entry) => entry.fields.length > 0)?.fields[0]?.file);
  const files = (await mirror.files(head)).length;
  const [firstPlanMs = 0, ...warm] = planMs;
  return {
    files,
    targets: catalogue.targets.length,
    diagnostics: catalogue.diagnostics.length,
    indexMs,
    indexCpuMs,
    peakBytes,
    heapBytes,
    firstPlanMs,
    planMs: warm,
    planCpuMs: planCpuMs.slice(1),
    planChildren,
    gitLogMs,
    changes,
  };
}

async function push(mirror: Mirror): Promise<PushPhase> {
  const reader = repositoryReader(mirror);
  const head = await mirror.head();
  const commits = await mirror.log(head, { limit: pushedCommits + 1 });
  const before = commits.at(-1)?.id ?? head;
  const structural = structuralPushes(directory, head);
  const [start, used] = [performance.now(), process.cpuUsage()];
  await reader.catalogue(before);
  const firstCpuMs = cpuSince(used);
  const between = performance.now();
  await reader.catalogue(head);
  const pushMs = performance.now() - between;
  const timed = async (revision: string | undefined): Promise<number> => {
    const begun = process.cpuUsage();
    if (revision !== undefined) await reader.catalogue(revision);
    return revision === undefined ? Number.NaN : cpuSince(begun);
  };
  return {
    changedFiles: (await mirror.diff(before, head)).length,
    firstMs: between - start,
    pushMs,
    firstCpuMs,
    addedCpuMs: await timed(structural?.added),
    changedCpuMs: await timed(structural?.changed),
  };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Evenly spread over the list. */
function sample<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, index) => index % step === 0).slice(0, count);
}

function alertFor(target: Target, now: number): AlertSignal {
  const labels: Record<string, string> = { alertname: "HighErrorRate", service: target.service };
  if (target.environment !== undefined) labels.environment = target.environment;
  if (target.namespace !== undefined) labels.namespace = target.namespace;
  const base = { kind: "alert", source: "bench", repository: "local/bench", status: "firing" } as const;
  return {
    ...base,
    fingerprint: "00",
    labels,
    annotations: {},
    startsAt: now - 60_000,
    endsAt: undefined,
    observedAt: now,
  };
}

async function gitItself(head: string, file: string | undefined): Promise<number> {
  const environment = { PATH: process.env.PATH ?? "", GIT_DIR: directory, GIT_LITERAL_PATHSPECS: "1" };
  const start = performance.now();
  await runGit(["log", "--first-parent", "--raw", "-n40", head, "--", file ?? "README.md"], { environment });
  return performance.now() - start;
}
