/** A real repository with a history of known meaning, and what `runBacktest` makes of it. */
import { onTestFinished } from "vitest";
import type { BacktestResult } from "../../src/backtest/backtest-case.ts";
import { replay } from "../../src/backtest/replay.ts";
import { type BacktestRun, runBacktest } from "../../src/backtest/run-backtest.ts";
import type { Catalogue } from "../../src/gitops/catalogue/catalogue.ts";
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import { openMiner } from "../../src/gitops/mirror/open-miner.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import type { GitRepository } from "../gitops/git-repository.ts";

export interface RunOptions {
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly signal?: AbortSignal;
  /** Instead of building one. */
  readonly catalogue?: () => Promise<Catalogue>;
  readonly progress?: (done: number, of: number) => void;
}

export async function backtestOf(repository: GitRepository, options: RunOptions = {}): Promise<BacktestRun> {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const reader = { ...repositoryReader(mirror), ...(options.catalogue && { catalogue: options.catalogue }) };
  const clock = { now: () => 0 };
  return runBacktest({
    history: await openMiner(repository.directory),
    revision: await mirror.head(),
    since: Date.parse(options.since ?? "2026-01-01"),
    until: Date.parse(options.until ?? "2027-01-01"),
    limit: options.limit ?? 200,
    replayers: [(moment) => replay(reader, moment, clock)],
    signal: options.signal ?? new AbortController().signal,
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  });
}

/** The rollbacks' verdicts by the person's commit. */
export function verdicts(results: readonly BacktestResult[]): Record<string, string> {
  return Object.fromEntries(
    results.flatMap((result) => (result.kind === "rollback" ? [[result.rollback, result.verdict]] : [])),
  );
}

/** A Deployment and a Service in a namespace, as most repositories write them. */
export function deployment(service: string, namespace: string, tag: string, replicas = 2): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: ${service}}
  template:
    metadata:
      labels: {app: ${service}}
    spec:
      containers:
        - name: ${service}
          image: registry.example/shop/${service}:${tag}
          env:
            - {name: LOG_LEVEL, value: info}
`;
}
