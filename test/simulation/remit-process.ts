/** One process of Remit, put together as `server/assemble.ts` does it, from its real parts. It lives until it crashes. */
import type { Clock } from "../../src/clock.ts";
import { RemitError } from "../../src/errors.ts";
import { createDashboards, createForge, createLedgerBranch } from "../../src/github/create-forge.ts";
import { createGitHubApp } from "../../src/github/github-app.ts";
import { reportCheck } from "../../src/github/report-check.ts";
import { dashboardQueue, formatDashboardTask } from "../../src/remediation/dashboard/dashboard-task.ts";
import { endLeases } from "../../src/remediation/end-leases.ts";
import { gatePull } from "../../src/remediation/gate-pull.ts";
import { parseGateTask } from "../../src/remediation/gate-task.ts";
import { receiveSignals } from "../../src/remediation/receive-signals.ts";
import { createReconciler } from "../../src/remediation/reconciler.ts";
import { queueLedgers } from "../../src/remediation/recording/ledger-task.ts";
import { ledgerWriter } from "../../src/remediation/recording/ledger-writer.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { restorer } from "../../src/remediation/restoring/restorer.ts";
import { compareShadows } from "../../src/remediation/shadow/compare-shadows.ts";
import { deliveryLane } from "../../src/server/delivery-lane.ts";
import { createIntake, type IntakeEnv } from "../../src/server/intake/create-intake.ts";
import { knownRepositories } from "../../src/server/known-repositories.ts";
import type { LaneStep } from "../../src/server/lane.ts";
import { createLeaseKeeper } from "../../src/server/lease-keeper.ts";
import { namedEvents } from "../../src/server/named-events.ts";
import { parseDelivery } from "../../src/server/parse-delivery.ts";
import { queueLane } from "../../src/server/queue-lane.ts";
import type { WorkerParts } from "../../src/server/worker.ts";
import type { Store } from "../../src/store/store.ts";
import { boundedStore } from "./bounded-store.ts";
import { carelessCounsel } from "./careless-counsel.ts";
import type { MemoryMirror } from "./git/memory-mirror.ts";
import type { Reviewed } from "./is-approved.ts";
import type { Message } from "./network.ts";
import { simulatedConfig } from "./simulated-config.ts";
import { simulatedFetch } from "./simulated-fetch.ts";
import { repository } from "./simulated-github.ts";
import { simulatedSettings } from "./simulated-settings.ts";
import type { Simulation } from "./simulation.ts";

const leaseMs = 120_000;
/** Between two looks whose time is over. */
export const leasesEveryMs = 60_000;

/** What a look at the stop switches says of the one in the environment. */
export const environmentStop = "the environment";

/** What a process was told, and the truth at that moment. */
export interface Look {
  readonly at: number;
  /** Of main, as it was told. */
  readonly head: string;
  readonly stop: string | undefined;
  /** Heads of pull requests, by number. */
  readonly heads: ReadonlyMap<number, string>;
  /** By pull request. */
  readonly reviews: ReadonlyMap<number, Reviewed>;
}

export class RemitProcess {
  readonly name: string;
  readonly simulation: Simulation;
  readonly clock: Clock;
  /** Ends when it crashes. */
  readonly died: Promise<void>;
  dead = false;
  /** The last look at GitHub that was answered: what a merge rests on. */
  lastLook: Look | undefined;
  tokensAwaited = 0;
  #restoring = 0;
  /** Keys that it works on: one, and what it took within that. */
  readonly atWork: string[] = [];
  readonly #die: () => void;
  readonly #intake: ReturnType<typeof createIntake>;
  readonly #deliveries: () => Promise<LaneStep>;
  readonly #queue: () => Promise<LaneStep>;
  readonly #leases: ReturnType<typeof createLeaseKeeper>;

  constructor(simulation: Simulation, name: string, store: Store, mirror: MemoryMirror) {
    this.simulation = simulation;
    this.name = name;
    let die = () => {};
    this.died = new Promise((resolve) => {
      die = resolve;
    });
    this.#die = die;
    this.clock = { now: () => simulation.time.now() + simulation.skewMs };
    const { seams } = simulation;
    const bounded = (seams.store ?? same)(boundedStore(this, store));
    const log = { info: () => {}, warn: this.#warn.bind(this), error: this.#warn.bind(this) };
    const fetch = simulatedFetch(this);
    const known = knownRepositories(bounded, [repository]);
    const app = createGitHubApp({
      appId: simulation.github.world.remit.id,
      privateKey: simulation.github.privateKeyPem,
      apiUrl: "https://api.github.com",
      throttle: false,
      installationIds: {
        get: async (name) => Number(await bounded.settings.get(`installation:${name}`)) || undefined,
        set: (name, id) => bounded.settings.set(`installation:${name}`, String(id)),
      },
      repositoryIds: known.ids,
      fetch: (seams.fetch ?? same)(fetch),
      clock: this.clock,
    });
    const events = namedEvents(simulation.events, {
      nameOf: known.nameOf,
      onInstallation: (name, id) => app.useInstallation(name, id),
    });
    const forge = (seams.forge ?? same)(createForge({ app, repository }));
    const dashboards = createDashboards({ app, repository });
    const opened = (seams.reader ?? same)(repositoryReader(this.#bounded(mirror)));
    const ledgerBranch = createLedgerBranch({ app, repository });
    const restoring = { store: bounded, branch: () => ledgerBranch, clock: this.clock, log };
    const restore = simulation.scenario.ledger === true ? restorer(restoring) : undefined;
    const reader = async () => {
      this.#restoring += 1;
      try {
        await restore?.(opened);
      } finally {
        this.#restoring -= 1;
      }
      return opened;
    };
    const ledger = ledgerWriter({
      store: bounded,
      clock: this.clock,
      reader,
      log,
      software: "1.0.0",
      branch: () => ledgerBranch,
    });
    const parts = {
      store: bounded,
      clock: this.clock,
      log,
      settings: simulatedSettings,
      autoMerge: simulation.scenario.merging === "auto-merge",
      stopEnvironment: () => simulation.stopEnvironment,
      counsel: simulation.scenario.counsel ? carelessCounsel(simulation.random) : undefined,
      forge: () => forge,
      reader,
      ourLogin: async () => `${await app.slug()}[bot]`,
      maySpeakOf: () => true,
      dashboards: simulation.scenario.dashboard ? () => dashboards : undefined,
      ledger: simulation.scenario.ledger ? ledger : undefined,
    };
    const config = simulatedConfig(simulation.github.privateKeyPem);
    const reconcile = createReconciler(parts);
    const worker: WorkerParts = {
      store: bounded,
      clock: this.clock,
      log,
      metrics: { delivery: () => {}, reconcile: () => {} },
      handleDelivery: async (delivery) => receiveSignals(parts, await parseDelivery(config, events, delivery)),
      reconcile: (seams.reconcile ?? same)(async (key, hold) => {
        const task = parseGateTask(key);
        if (task === undefined) return reconcile(key, hold);
        await gatePull({ ...parts, reportCheck: (...report) => reportCheck(app, ...report) }, task, hold);
        return undefined;
      }),
      pollMs: 1_000,
      leaseMs,
    };
    this.#leases = createLeaseKeeper({
      clock: this.clock,
      log,
      endLeases: async () => {
        await (seams.endLeases ?? same)(endLeases)(parts, repository);
        if (simulation.scenario.ledger) await queueLedgers(bounded, this.clock.now());
        if (simulation.scenario.dashboard)
          await bounded.queue.add(formatDashboardTask(repository), this.clock.now(), dashboardQueue);
        await compareShadows(parts, repository);
      },
      wake: () => {
        simulation.awake = true;
      },
      everyMs: leasesEveryMs,
    });
    this.#deliveries = deliveryLane(worker, () => {});
    const lane = queueLane(worker);
    this.#queue = () => lane.next();
    this.#intake = createIntake({
      inbox: bounded.inbox,
      clock: this.clock,
      log,
      sources: config.sources,
      webhookSecrets: config.github.webhookSecrets,
      count: () => {},
      onStored: () => {},
    });
  }

  /** The status that the sender gets. */
  async receive({ path, headers, body }: Message): Promise<number> {
    const incoming = {
      headers,
      async *iterator() {
        yield Buffer.from(body);
      },
    };
    const request = new Request(`https://remit.invalid${path}`, { method: "POST" });
    // The intake reads headers and body of Node's request, and nothing else of it.
    const env = { incoming } as unknown as IntakeEnv["Bindings"];
    return (await this.#intake.fetch(request, env)).status;
  }

  /** One delivery or one key; false when nothing is due, or when the store fails: then it pauses, as its lanes do. */
  async work(): Promise<boolean> {
    const before = this.atWork.length;
    try {
      return (await this.#deliveries()).worked || (await this.#queue()).worked;
    } catch (error) {
      this.#warn({ error }, "the store can't be worked off");
      return false;
    } finally {
      this.atWork.length = before;
    }
  }

  /** Is the time of anything over? A look that fails is followed by another one, as its lane does it. */
  async lookAtLeases(): Promise<void> {
    try {
      await this.#leases.runDue();
    } catch (error) {
      this.#warn({ error }, "the leases can't be looked at");
    }
  }

  /**
   * May it take something else while it is at work? What waits for the same token, or until the same incidents are restored, would wait
   * for itself: here one thing happens within another, and not beside it.
   */
  get isFree(): boolean {
    return !this.dead && this.tokensAwaited === 0 && this.#restoring === 0;
  }

  crash(): void {
    this.dead = true;
    this.#die();
  }

  #bounded(mirror: MemoryMirror): MemoryMirror {
    return new Proxy(mirror, {
      get: (target, name) => {
        if (name === "fetch") return () => this.#fetchGit(target);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  #fetchGit(mirror: MemoryMirror): Promise<void> {
    const { simulation } = this;
    return simulation.boundary(this, "a fetch", async () => {
      if (simulation.faults.strikes("git: fetch fails"))
        throw new RemitError("git-failed", "git fetch failed: simulated");
      if (simulation.faults.strikes("git: fetch brings old refs")) return;
      await mirror.fetch();
    });
  }

  #warn(fields: object, message: string): void {
    const error = "error" in fields && fields.error instanceof Error ? `: ${fields.error.message}` : "";
    this.simulation.say(this.name, `${message}${error}`.slice(0, 200));
    if (message.startsWith("no end of steps")) this.simulation.fail("X2", "two steps undo each other");
    if ("error" in fields && fields.error instanceof Error && !(fields.error instanceof RemitError)) {
      const known = fields.error.constructor.name === "SavedElsewhere";
      if (!known) this.simulation.fail("X1", `an error of no known kind: ${fields.error.stack ?? ""}`);
    } else if ("error" in fields && fields.error instanceof RemitError && fields.error.code === "internal") {
      this.simulation.fail("X1", `an internal error: ${fields.error.message} ${String(fields.error.cause ?? "")}`);
    }
  }
}

function same<T>(value: T): T {
  return value;
}
