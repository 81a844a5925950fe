/**
 * Time from an accepted alert to an open pull request that is spent in Remit itself, not on the network: everything but
 * the wait for GitHub's stand-in and for git's transport. As ratios to what nobody can avoid: one `git log` and one
 * `git ls-tree` of the same repository by git itself, in the same run. Prints a table, or JSON with `--json`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { systemClock } from "../src/clock.ts";
import { createForge } from "../src/github/create-forge.ts";
import { createGitHubApp } from "../src/github/github-app.ts";
import { openMirror } from "../src/gitops/mirror/git-mirror.ts";
import type { Mirror } from "../src/gitops/mirror/mirror.ts";
import { receiveSignals } from "../src/remediation/receive-signals.ts";
import { createReconciler } from "../src/remediation/reconciler.ts";
import { repositoryReader } from "../src/remediation/repository-reader.ts";
import { defaultSettings } from "../src/remediation/settings.ts";
import { overlayFile } from "../src/sandbox/demo/shop-files.ts";
import { badRelease, shopHistory } from "../src/sandbox/demo/shop-history.ts";
import { startGitHub } from "../src/sandbox/github/start-github.ts";
import { openSqliteStore } from "../src/store/sqlite-store.ts";

const runs = 5;
const otherServices = 500;
const minute = 60_000;

const results = [];
for (let run = 0; run < runs; run++) results.push(await measure());
report(results);

interface Measured {
  readonly wholeMs: number;
  readonly networkMs: number;
  readonly gitMs: number;
}

async function measure(): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), "remit-bench-"));
  const clock = systemClock;
  const now = clock.now() - 10 * minute;
  const github = await startGitHub({
    directory: join(directory, "github"),
    repository: "acme/shop",
    initial: [
      ...shopHistory(now, "merge"),
      { author: "alice", message: "Many others", files: others(), date: now - minute },
      badRelease(now),
    ],
    requiredChecks: ["remit/gate"],
  });
  const store = await openSqliteStore({ directory: join(directory, "data") });
  let networkMs = 0;
  const timed = async <T>(act: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await act();
    } finally {
      networkMs += performance.now() - start;
    }
  };
  const app = createGitHubApp({
    appId: github.appId,
    privateKey: github.privateKey,
    apiUrl: github.apiUrl,
    throttle: false,
    fetch: (input, init) => timed(() => fetch(input, init)),
  });
  const mirror = await openMirror({
    directory: join(directory, "mirror"),
    repository: "acme/shop",
    url: github.cloneUrl,
    authorization: () => app.gitAuthorization("acme/shop"),
  });
  const measured: Mirror = { ...mirror, fetch: () => timed(() => mirror.fetch()) };
  const reader = repositoryReader(measured);
  await reader.catalogue(await mirror.head());
  const forge = createForge({ app, repository: "acme/shop", installationId: github.installationId });
  const parts = {
    store,
    clock,
    settings: defaultSettings,
    stopEnvironment: () => false,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    reader: async () => reader,
    forge: () => forge,
    ourLogin: async () => "remit[bot]",
    maySpeakOf: () => true,
  };
  networkMs = 0;
  const start = performance.now();
  await receiveSignals(parts, [
    {
      kind: "alert",
      source: "prometheus",
      repository: "acme/shop",
      fingerprint: "828c936db785396a",
      status: "firing",
      labels: { alertname: "HighErrorRate", service: "checkout", environment: "production" },
      annotations: {},
      startsAt: now + 5 * minute,
      endsAt: undefined,
      observedAt: clock.now(),
    },
  ]);
  const [opened] = await store.incidents.open();
  if (opened === undefined) throw new Error("the alert opened no incident");
  await createReconciler(parts)(opened.incident.id);
  const wholeMs = performance.now() - start;
  const [record] = await store.incidents.list(1);
  if (record?.response.remediations[0]?.pullNumber === undefined) throw new Error("no pull request was opened");
  const gitMs = byGitItself(join(directory, "mirror"));
  await mirror.close();
  await store.close();
  await github.close();
  rmSync(directory, { recursive: true, force: true });
  return { wholeMs, networkMs, gitMs };
}

/** What any tool pays that asks git who changed this file, and what there is. */
function byGitItself(gitDirectory: string): number {
  const start = performance.now();
  const git = (...args: string[]) => execFileSync("git", ["--git-dir", gitDirectory, ...args], { maxBuffer: 1 << 26 });
  git("log", "--first-parent", "--raw", "-n40", "HEAD", "--", overlayFile("checkout", "production"));
  git("ls-tree", "-r", "HEAD");
  return performance.now() - start;
}

function others(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let index = 0; index < otherServices; index++) {
    const image = `images:\n  - name: ghcr.io/acme/service-${index}\n    newTag: v1.${index}.0\n`;
    files[`apps/service-${index}/overlays/production/kustomization.yaml`] = `resources:\n  - ../../base\n${image}`;
  }
  return files;
}

function report(all: readonly Measured[]): void {
  const median = (pick: (one: Measured) => number) =>
    all.map(pick).toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
  const wholeMs = median((one) => one.wholeMs);
  const ownMs = median((one) => one.wholeMs - one.networkMs);
  const gitMs = median((one) => one.gitMs);
  const summary = {
    runs: all.length,
    services: otherServices,
    wholeMs: Math.round(wholeMs),
    ownMs: Math.round(ownMs),
    ownShare: Number((ownMs / wholeMs).toFixed(3)),
    ownToGit: Number((ownMs / gitMs).toFixed(2)),
  };
  if (process.argv.includes("--json")) {
    console.log(JSON.stringify({ bench: "alert-to-pull", ...summary }));
    return;
  }
  console.log(`alert to pull request, ${otherServices} other services, median of ${all.length} runs`);
  console.log(`  whole                     ${summary.wholeMs} ms`);
  console.log(`  outside the network       ${summary.ownMs} ms (${Math.round(summary.ownShare * 100)} % of it)`);
  console.log(`  as a multiple of git log + git ls-tree in the same run   ${summary.ownToGit}`);
}
