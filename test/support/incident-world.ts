/**
 * One incident in a world of real parts: the reconciler, SQLite, a mirror and GitHub's stand-in over HTTP. Only time
 * is a double. A crash can be planted behind any effect; the world then restarts on what was stored.
 */
import { join } from "node:path";
import { createDashboards, createForge, createLedgerBranch } from "../../src/github/create-forge.ts";
import { createGitHubApp } from "../../src/github/github-app.ts";
import { openMirror } from "../../src/gitops/mirror/git-mirror.ts";
import {
  dashboardQueue,
  formatDashboardTask,
  parseDashboardTask,
} from "../../src/remediation/dashboard/dashboard-task.ts";
import { endLeases } from "../../src/remediation/end-leases.ts";
import type { Forge } from "../../src/remediation/forge.ts";
import type { Hold } from "../../src/remediation/hold.ts";
import type { Images } from "../../src/remediation/images.ts";
import { parseLeaseTask } from "../../src/remediation/lease-task.ts";
import { receiveSignals } from "../../src/remediation/receive-signals.ts";
import { createReconciler } from "../../src/remediation/reconciler.ts";
import type { Ledger, LedgerBranch } from "../../src/remediation/recording/ledger.ts";
import { parseLedgerTask, queueLedgers } from "../../src/remediation/recording/ledger-task.ts";
import { ledgerWriter } from "../../src/remediation/recording/ledger-writer.ts";
import type { Renderer } from "../../src/remediation/rendering/renderer.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { restoreIncidents } from "../../src/remediation/restoring/restore-incidents.ts";
import { defaultSettings, type ResponseSettings } from "../../src/remediation/settings.ts";
import { compareShadows } from "../../src/remediation/shadow/compare-shadows.ts";
import type { Spoken } from "../../src/remediation/spoken.ts";
import { parseThreadTask } from "../../src/remediation/threads/thread-task.ts";
import { gitReader } from "../../src/sandbox/cluster/git-reader.ts";
import { overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { badRelease, shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { type GitHubStandIn, startGitHub } from "../../src/sandbox/github/start-github.ts";
import type { AlertSignal, RepositorySignal, Signal, SyncSignal } from "../../src/signals/signal.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { alertSignal } from "./alert-signal.ts";
import { Crash, CrashPoints } from "./crash-points.ts";
import { shortHistory } from "./short-history.ts";
import { TestClock } from "./test-clock.ts";

export const minute = 60_000;
const start = Date.parse("2026-11-20T10:00:00Z");

export { Crash } from "./crash-points.ts";

export interface WorldOptions {
  readonly directory: string;
  readonly tier?: "merge" | "propose";
  readonly settings?: Partial<ResponseSettings>;
  /** What the shop's last good release, of three days ago, brings along. */
  readonly files?: Readonly<Record<string, string>>;
  /** How far the clock of Remit's machine is ahead of GitHub's. Right unless said otherwise. */
  readonly remitAheadMs?: () => number;
  /** Anything, unless said otherwise. */
  readonly maySpeakOf?: (source: string, spoken: Spoken) => boolean;
  /** None unless said otherwise. */
  readonly renderer?: Renderer;
  /** Nobody is asked unless said otherwise. */
  readonly images?: Images;
  /** There is none unless said otherwise. */
  readonly dashboard?: boolean;
  /** Nothing is recorded unless said otherwise. */
  readonly ledger?: boolean;
  /** GitHub's side of the ledger, unless said otherwise. */
  readonly ledgerBranch?: (real: LedgerBranch) => LedgerBranch;
}

export interface IncidentWorld {
  readonly github: GitHubStandIn;
  /** What Remit may do on GitHub, for what it did before. */
  readonly forge: Forge;
  readonly store: Store;
  readonly clock: TestClock;
  /** How many effects happened so far; behind each is a place to crash. */
  readonly effects: number;
  crashAt(place: number): void;
  stop(active: boolean): void;
  /** The disk is gone, and Remit starts with an empty store; with a ledger, it restores from that. */
  loseStore(): Promise<void>;
  /** Remit starts again, with what it stored. */
  restart(): Promise<void>;
  release(): Promise<string>;
  receive(signals: readonly Signal[]): Promise<readonly string[]>;
  /** Remit looks whose time is over, as it does every minute. */
  endLeases(): Promise<readonly string[]>;
  /** Remit looks at its dashboard, as it does every minute. */
  keepDashboard(): Promise<void>;
  /** Remit writes what waits for the ledger, as it does every minute. */
  keepLedger(): Promise<void>;
  /** Remit compares what it would have changed with what people merged, as it does every minute. */
  compareShadows(): Promise<void>;
  /** Whatever else is queued, then one reconcile of every open incident, under that lease where one is given; a crash is survived by starting again. */
  reconcile(hold?: Hold): Promise<void>;
  firing(change?: Partial<AlertSignal>): AlertSignal;
  resolved(change?: Partial<AlertSignal>): AlertSignal;
  applied(revision: string, change?: Partial<SyncSignal>): SyncSignal;
  /** GitHub's word that a branch moved, by somebody else. */
  event(name: string, action?: string): RepositorySignal;
  mainHead(): Promise<string>;
  /** A file on main; "" where there is none. */
  read(path: string): Promise<string>;
  /** What the production overlay of checkout says on main. */
  deployed(): Promise<string>;
  close(): Promise<void>;
}

export async function incidentWorld(options: WorldOptions): Promise<IncidentWorld> {
  const clock = new TestClock(start);
  const github = await startGitHub({
    directory: join(options.directory, "github"),
    repository: "acme/shop",
    clock,
    initial: shortHistory(shopHistory(clock.now(), options.tier ?? "merge"), options.files),
    requiredChecks: ["remit/gate"],
  });
  let data = join(options.directory, "data");
  let store = await openSqliteStore({ directory: data });
  const remitClock = { now: () => clock.now() + (options.remitAheadMs?.() ?? 0) };
  const app = createGitHubApp({
    appId: github.appId,
    privateKey: github.privateKey,
    apiUrl: github.apiUrl,
    throttle: false,
    clock: remitClock,
  });
  const mirror = await openMirror({
    directory: join(options.directory, "mirror"),
    repository: "acme/shop",
    url: github.cloneUrl,
    authorization: () => app.gitAuthorization("acme/shop"),
  });
  let reader = repositoryReader(mirror, undefined, options.renderer);
  const forge = createForge({ app, repository: "acme/shop", installationId: github.installationId });
  const dashboards = createDashboards({ app, repository: "acme/shop" });
  const ledger = createLedgerBranch({ app, repository: "acme/shop" });
  const crashes = new CrashPoints();
  let stopped = false;
  const bounded = () => ({
    ...store,
    incidents: crashes.around(store.incidents, ["save"]),
    shadows: crashes.around(store.shadows, ["add", "save"]),
    outbox: crashes.around(store.outbox, ["remove"]),
  });
  const writer = (): Ledger =>
    ledgerWriter({
      store: bounded(),
      clock: remitClock,
      reader: async () => reader,
      log: { error: () => {} },
      software: "1.0.0",
      branch: () => crashes.around(options.ledgerBranch?.(ledger) ?? ledger, ["append", "begin"]),
    });
  let recording = writer();
  const parts = {
    get store() {
      return bounded();
    },
    get ledger() {
      return options.ledger === true ? recording : undefined;
    },
    clock: remitClock,
    settings: { ...defaultSettings, ...options.settings },
    stopEnvironment: () => stopped,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    reader: async () => reader,
    forge: () => crashes.aroundForge(forge),
    ourLogin: async () => `${github.appSlug}[bot]`,
    maySpeakOf: options.maySpeakOf ?? (() => true),
    images: options.images,
    dashboards: options.dashboard ? () => dashboards : undefined,
  };
  /** What the queue holds beside incidents, which are all looked at anyway. */
  const workOffTasks = async () => {
    for (;;) {
      const item = await store.queue.take(clock.now(), minute);
      if (item === undefined) return;
      const isTask = [parseLeaseTask, parseDashboardTask, parseThreadTask, parseLedgerTask].some(
        (parse) => parse(item.key) !== undefined,
      );
      await store.queue.done(item, isTask ? await survive(() => createReconciler(parts)(item.key)) : undefined);
    }
  };
  const restore = async () => {
    await mirror.fetch();
    await restoreIncidents({ store: bounded(), branch: () => ledger, clock: remitClock, log: parts.log }, reader);
  };
  const git = gitReader(github.gitDirectory);
  const head = async () => (await git.head("main")) ?? "";
  const startedAt = clock.now();
  return {
    github,
    forge,
    get store() {
      return store;
    },
    clock,
    get effects() {
      return crashes.count;
    },
    crashAt: (place) => crashes.plant(place),
    stop: (active) => {
      stopped = active;
    },
    async loseStore() {
      await store.close();
      data = join(options.directory, `data-${clock.now()}`);
      store = await openSqliteStore({ directory: data });
      recording = writer();
      if (options.ledger === true) await survive(restore);
    },
    async restart() {
      await store.close();
      store = await openSqliteStore({ directory: data });
      recording = writer();
      reader = repositoryReader(mirror, undefined, options.renderer);
    },
    async release() {
      const release = badRelease(clock.now());
      return github.commitAs(release.author, { branch: "main", message: release.message, files: release.files });
    },
    // The worker hands a delivery over again until it was handled.
    receive: (signals) => survive(() => receiveSignals(parts, signals)),
    async endLeases() {
      await mirror.fetch();
      const notes = await endLeases(parts, "acme/shop");
      await workOffTasks();
      return notes;
    },
    async keepDashboard() {
      await store.queue.add(formatDashboardTask("acme/shop"), clock.now(), dashboardQueue);
      await workOffTasks();
    },
    async keepLedger() {
      await queueLedgers(store, clock.now());
      await workOffTasks();
    },
    compareShadows: () => survive(() => compareShadows(parts, "acme/shop")),
    async reconcile(hold) {
      await workOffTasks();
      for (const { incident } of await store.incidents.open()) {
        await survive(() => createReconciler(parts)(incident.id, hold));
      }
    },
    firing: (change = {}) => alertSignal(startedAt, clock, { status: "firing", ...change }),
    resolved: (change = {}) => alertSignal(startedAt, clock, { status: "resolved", endsAt: clock.now(), ...change }),
    applied: (revision, change = {}) => ({
      kind: "sync",
      source: "argocd",
      repository: "acme/shop",
      controller: "argocd",
      application: "checkout-production",
      namespace: "argocd",
      environment: undefined,
      revision,
      phase: "applied",
      health: "healthy",
      observedAt: clock.now(),
      ...change,
    }),
    event: (name, action) => ({
      kind: "repository",
      source: "github",
      repository: "acme/shop",
      event: name,
      action,
      sender: "alice",
      observedAt: clock.now(),
    }),
    mainHead: head,
    read: async (path) => (await git.read(await head(), path)) ?? "",
    deployed: async () => (await git.read(await head(), overlayFile("checkout", "production"))) ?? "",
    async close() {
      await mirror.close();
      await store.close();
      await github.close();
    },
  };
}

/** A crash happens once; then the process starts again. */
async function survive<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return act();
  }
}
