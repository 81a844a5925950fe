/**
 * How fast a repository is indexed, indexed again after a push, and planned on; and in how much memory. As ratios to what
 * nobody can avoid, in the same run: js-yaml parsing the same YAML once, and git's own `git log` of one file.
 * `node bench/index.ts [--repo DIR] [--full] [--services N] [--files N] [--commits N] [--plans N] [--rounds N] [--json]`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { systemClock } from "../src/clock.ts";
import { generateRepository } from "./generate-repository.ts";
import type { IndexPhase, ParsePhase, PushPhase } from "./index-phase.ts";
import { mirrored } from "./mirrored.ts";

const { values } = parseArgs({
  options: {
    repo: { type: "string" },
    full: { type: "boolean" },
    services: { type: "string" },
    files: { type: "string" },
    commits: { type: "string" },
    plans: { type: "string", default: "40" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean" },
  },
});
const megabyte = 1024 * 1024;

const place = mkdtempSync(join(tmpdir(), "remit-bench-"));
try {
  const [name, repository] = values.repo === undefined ? await generated() : [values.repo, values.repo];
  const mirror = join(place, "mirror");
  const { graphMs } = mirrored(repository, mirror);
  report(name, graphMs, await measure(mirror));
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function generated(): Promise<[name: string, directory: string]> {
  const services = Number(values.services ?? (values.full ? 10_000 : 1_000));
  const files = Number(values.files ?? services * 10);
  const commits = Number(values.commits ?? services * 2);
  const directory = join(place, "generated");
  await generateRepository(directory, { services, files, commits }, systemClock.now());
  return [`generated: ${services} services, ${files} files, ${commits} releases`, directory];
}

interface Measured {
  readonly parse: ParsePhase;
  readonly index: IndexPhase;
  readonly push: PushPhase;
}

/** In turns, so that whatever else the machine does meets all of them; the median round of each counts. */
async function measure(directory: string): Promise<Measured> {
  const parses: ParsePhase[] = [];
  const indexes: IndexPhase[] = [];
  const pushes: PushPhase[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    parses.push(await inChild<ParsePhase>("parse", directory));
    indexes.push(await inChild<IndexPhase>("index", directory));
    pushes.push(await inChild<PushPhase>("push", directory));
  }
  return {
    parse: medianBy(parses, (one) => one.parseMs),
    index: medianBy(indexes, (one) => one.indexMs),
    push: medianBy(pushes, (one) => one.pushMs),
  };
}

async function inChild<T>(phase: string, directory: string): Promise<T> {
  const program = fileURLToPath(new URL("index-phase.ts", import.meta.url));
  const child = fork(program, [phase, directory, values.plans], { execArgv: ["--expose-gc"] });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`${phase} ended with ${code} and no result`);
  });
  const [result] = (await Promise.race([once(child, "message"), failed])) as [T];
  failed.catch(() => {});
  return result;
}

function medianBy<T>(all: readonly T[], pick: (one: T) => number): T {
  const middle = all.toSorted((a, b) => pick(a) - pick(b))[all.length >> 1];
  if (middle === undefined) throw new Error("--rounds must be at least 1");
  return middle;
}

function report(name: string, graphMs: number, { parse, index, push }: Measured): void {
  const plans = index.planMs.toSorted((a, b) => a - b);
  const planCpu = index.planCpuMs.toSorted((a, b) => a - b);
  const planMs = at(plans, 0.5);
  const summary = {
    files: index.files,
    yamlMegabytes: round(parse.yamlBytes / megabyte, 1),
    targets: index.targets,
    diagnostics: index.diagnostics,
    parseMs: round(parse.parseMs),
    indexMs: round(index.indexMs),
    indexToParse: round(index.indexMs / parse.parseMs, 2),
    indexToParseCpu: round(index.indexCpuMs / parse.parseCpuMs, 2),
    pushedFiles: push.changedFiles,
    pushMs: round(push.pushMs),
    pushToFirst: round(push.pushMs / push.firstMs, 3),
    addedToFirstCpu: round(push.addedCpuMs / push.firstCpuMs, 3),
    changedToFirstCpu: round(push.changedCpuMs / push.firstCpuMs, 3),
    graphMs: round(graphMs),
    firstPlanMs: round(index.firstPlanMs),
    planMs: round(planMs, 1),
    slowPlanMs: round(at(plans, 0.95), 1),
    planCpuMs: round(at(planCpu, 0.5), 1),
    slowPlanCpuMs: round(at(planCpu, 0.95), 1),
    planToGitLog: round(planMs / index.gitLogMs, 2),
    gitProcessesPerPlan: round(index.planChildren, 1),
    plansWithChange: index.changes,
    peakMegabytes: round(index.peakBytes / megabyte),
    heapMegabytes: round(index.heapBytes / megabyte),
    peakToYaml: round(index.peakBytes / parse.yamlBytes, 1),
    heapToYaml: round(index.heapBytes / parse.yamlBytes, 1),
    heapKilobytesPerTarget: round(index.heapBytes / 1024 / Math.max(1, index.targets), 1),
  };
  if (values.json) {
    console.log(JSON.stringify({ bench: "index", repository: name, ...summary }));
    return;
  }
  console.log(name);
  const line = (what: string, value: string) => console.log(`  ${what.padEnd(64)}${value.padStart(12)}`);
  line("files, YAML", `${summary.files}, ${summary.yamlMegabytes} MB`);
  line("targets, files with a diagnostic", `${summary.targets}, ${summary.diagnostics}`);
  line("js-yaml parses the YAML once", `${summary.parseMs} ms`);
  line("first index", `${summary.indexMs} ms`);
  line("first index to js-yaml (at most 1.5)", `${summary.indexToParse}`);
  line("the same in processor time, git's left out", `${summary.indexToParseCpu}`);
  line(`after a push of ${pushed(push)}`, `${summary.pushMs} ms`);
  line("after a push to the first index", `${summary.pushToFirst}`);
  line("a new service's directory to the first index, processor time", `${summary.addedToFirstCpu}`);
  line("a kustomization's new name ending, the same", `${summary.changedToFirstCpu}`);
  line("git's changed-path filters, once", `${summary.graphMs} ms`);
  line("first plan", `${summary.firstPlanMs} ms`);
  line("a plan on a warm index, median and 95th percentile", `${summary.planMs}, ${summary.slowPlanMs} ms`);
  line("the same in processor time, git's left out", `${summary.planCpuMs}, ${summary.slowPlanCpuMs} ms`);
  line("a plan to one git log of a file", `${summary.planToGitLog}`);
  line("git processes for each plan", `${summary.gitProcessesPerPlan}`);
  line("memory at most, and heap with the catalogue", `${summary.peakMegabytes}, ${summary.heapMegabytes} MB`);
  line("memory at most, and heap, to YAML bytes", `${summary.peakToYaml}, ${summary.heapToYaml}`);
  line("heap for each target", `${summary.heapKilobytesPerTarget} kB`);
}

function pushed({ changedFiles }: PushPhase): string {
  return `${changedFiles} changed ${changedFiles === 1 ? "file" : "files"}`;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
