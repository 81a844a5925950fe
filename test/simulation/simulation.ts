/** One world from one seed: it moves time, lets things happen, lets Remit work, and stops at the first broken promise. */
import type { GitHubEvents } from "../../src/server/github-events.ts";
import type { IncidentRecord, Store } from "../../src/store/store.ts";
import type { WorstMoment } from "./acts.ts";
import { Agenda } from "./agenda.ts";
import type { AilmentName } from "./ailments.ts";
import { Cluster } from "./cluster.ts";
import { Custodies } from "./custody.ts";
import type { Effect } from "./effect.ts";
import { Faults } from "./faults.ts";
import type { FileCache } from "./git/memory-mirror.ts";
import { reviewed } from "./is-approved.ts";
import { jumpClock } from "./jump-clock.ts";
import { ailmentsOf } from "./lease-scenario.ts";
import { Machines } from "./machines.ts";
import { type Message, Network } from "./network.ts";
import { never } from "./never.ts";
import { People } from "./people.ts";
import { Random } from "./random.ts";
import type { RefusalName } from "./refusals.ts";
import { environmentStop, type RemitProcess } from "./remit-process.ts";
import type { Scenario } from "./scenario.ts";
import type { Seams } from "./seams.ts";
import { type Service, shopHistory } from "./shop.ts";
import { type GitHubParts, SimulatedGitHub } from "./simulated-github.ts";
import { SimulatedTime } from "./simulated-time.ts";
import { Trace } from "./trace.ts";
import { Watch } from "./watch.ts";

/** What all worlds of one machine share: it depends on no seed. */
export interface SharedParts {
  readonly github: GitHubParts;
  readonly events: GitHubEvents;
  readonly files: FileCache;
}

export interface Failure {
  /** `I1` to `I12`, or `X…` for what must not happen either. */
  readonly invariant: string;
  readonly what: string;
}

/** Something at hand, perhaps within something else. */
interface Frame {
  readonly ended: Promise<void>;
}

const start = Date.parse("2026-11-20T10:00:00Z");
const deepest = 3;
const mostSteps = 400;

export class Simulation {
  readonly scenario: Scenario;
  /** Of what each service may ail, beside its version. */
  readonly ailments: ReadonlyMap<Service, readonly AilmentName[]>;
  readonly seams: Seams;
  readonly time = new SimulatedTime(start);
  readonly trace: Trace;
  readonly random: Random;
  readonly faults: Faults;
  readonly agenda = new Agenda();
  readonly github: SimulatedGitHub;
  readonly events: GitHubEvents;
  readonly network: Network;
  readonly watch: Watch;
  readonly people: People;
  readonly machines: Machines;
  readonly custody: Custodies;
  /** How far Remit's clock is from the world's. */
  #skewMs = 0;
  /** The most that it ever was. */
  mostSkewMs = 0;
  stopEnvironment = false;
  /** What GitHub refused by itself. */
  readonly refused = new Set<RefusalName>();
  /** Something was stored that a worker waits for. */
  awake = true;
  failure: Failure | undefined;
  readonly #savedChecks: ((process: RemitProcess, record: IncidentRecord) => void)[] = [];
  readonly #acceptedChecks: ((message: Message) => void)[] = [];
  /** Before each effect so far, in their order: where people could have come between. */
  readonly moments: WorstMoment[] = [];
  readonly #passes = new Map<string, number>();
  readonly #done = new Set<number>();
  readonly #ended: Promise<void>;
  #end = () => {};
  #cluster: Cluster | undefined;
  readonly #frames: Frame[] = [];

  constructor(scenario: Scenario, shared: SharedParts, seams: Seams = {}) {
    this.scenario = scenario;
    this.ailments = ailmentsOf(scenario.troubles);
    this.seams = seams;
    this.trace = new Trace(this.time);
    this.random = new Random(`world ${scenario.seed}`);
    this.faults = new Faults(scenario.seed, scenario.faults, this.time);
    this.events = shared.events;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.github = new SimulatedGitHub(this.time, this.random, shared.github, (webhook) =>
      this.network.webhook(webhook),
    );
    this.network = new Network(this);
    this.people = new People(this);
    this.watch = new Watch(this);
    this.custody = new Custodies(this);
    this.machines = new Machines(this, shared.files);
  }

  get skewMs(): number {
    return this.#skewMs;
  }

  set skewMs(ms: number) {
    this.#skewMs = ms;
    this.mostSkewMs = Math.max(this.mostSkewMs, Math.abs(ms));
  }

  /** As far as Remit acts with a clock that is wrong at all. */
  get toleratedSkewMs(): number {
    return Math.min(this.mostSkewMs, 60_000);
  }

  get store(): Store {
    return this.machines.store;
  }

  /** How often the store was lost. */
  get emptied(): number {
    return this.machines.emptied;
  }

  get cluster(): Cluster {
    if (this.#cluster === undefined) throw new Error("the world hasn't begun");
    return this.#cluster;
  }

  get processes(): readonly RemitProcess[] {
    return this.machines.processes;
  }

  async begin(): Promise<void> {
    await this.github.seed(shopHistory(this.time.now(), this.scenario.policy, this.ailments));
    this.#cluster = new Cluster(this);
    await this.machines.begin();
  }

  async close(): Promise<void> {
    await this.machines.close();
  }

  say(who: string, what: string): void {
    this.trace.write(this.#frames.length, who, what);
  }

  /** A promise was broken: nothing happens any more. */
  fail(invariant: string, what: string): void {
    if (this.failure !== undefined) return;
    this.failure = { invariant, what };
    this.say(invariant, `BROKEN: ${what}`);
    this.#end();
  }

  onSaved(check: (process: RemitProcess, record: IncidentRecord) => void): void {
    this.#savedChecks.push(check);
  }

  onAccepted(check: (message: Message) => void): void {
    this.#acceptedChecks.push(check);
  }

  saved(process: RemitProcess, record: IncidentRecord): void {
    const entry = record.response.timeline.at(-1);
    this.say(process.name, `saved ${record.incident.id}: ${entry?.event ?? "opened"}: ${entry?.message ?? ""}`);
    for (const check of this.#savedChecks) check(process, record);
  }

  accepted(message: Message): void {
    this.awake = true;
    for (const check of this.#acceptedChecks) check(message);
  }

  /** GitHub told a process what there is. */
  looked(process: RemitProcess, head: string): void {
    const { pulls } = this.github.world;
    const heads = new Map(pulls.map((pull) => [pull.number, pull.head]));
    const now = this.time.now();
    const reviews = new Map(pulls.map((pull) => [pull.number, reviewed(this.github, pull, now, this.toleratedSkewMs)]));
    const stop = this.stopEnvironment ? environmentStop : this.github.visibleStop();
    process.lastLook = { at: now, head, stop, heads, reviews };
    this.custody.looked(process, process.lastLook);
  }

  anyProcess(): RemitProcess | undefined {
    const alive = this.processes;
    return alive.length === 0 ? undefined : alive[this.random.between(0, alive.length - 1)];
  }

  /** Work of a process, as long as it lives; undefined: it died of it. What others do within it comes to its end first. */
  async within<T>(process: RemitProcess, work: () => Promise<T>): Promise<T | undefined> {
    let end = () => {};
    const frame: Frame = {
      ended: new Promise((resolve) => {
        end = resolve;
      }),
    };
    this.#frames.push(frame);
    try {
      return await Promise.race([work(), process.died.then(() => undefined), this.#ended.then(() => undefined)]);
    } finally {
      for (let top = this.#frames.at(-1); top !== frame && top !== undefined; top = this.#frames.at(-1)) {
        if (this.failure !== undefined) break;
        await top.ended;
      }
      this.#frames.splice(this.#frames.indexOf(frame));
      end();
    }
  }

  /** An effect of a process: the moments before and after it are where the world may come between. */
  async boundary<T>(process: RemitProcess, effect: Effect, act: () => Promise<T>): Promise<T> {
    if (effect === "a token") process.tokensAwaited += 1;
    await this.#moment(process, "before", effect);
    const settled = await act().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await this.#moment(process, "after", effect);
    if (effect === "a token") process.tokensAwaited -= 1;
    if ("error" in settled) throw settled.error;
    return settled.value;
  }

  /** What is at hand: it changes where something else happens within it. */
  get atHand(): object | undefined {
    return this.#frames.at(-1);
  }

  /** Everything whose time has come. */
  async runDue(): Promise<void> {
    for (let next = this.agenda.take(this.time.now()); next; next = this.agenda.take(this.time.now())) {
      if (this.failure !== undefined) return;
      await next.run();
    }
  }

  /** Every process does all that it can. */
  async work(): Promise<void> {
    for (const process of this.processes) {
      let steps = 0;
      while (!process.dead && (await this.within(process, () => process.work())) === true) {
        steps += 1;
        if (steps > mostSteps) return this.fail("X2", `${process.name} is busy without end`);
        if (this.failure !== undefined) return;
      }
    }
  }

  async #moment(process: RemitProcess, phase: "before" | "after", effect: Effect): Promise<void> {
    if (process.dead || this.failure !== undefined) return never();
    await this.worstMoment({ phase, effect });
    if (this.#frames.length < deepest) await this.#interleave(process);
    if (process.dead || this.failure !== undefined) return never();
    if (!this.faults.strikes(`crash: ${phase} ${effect}`)) return;
    this.say(process.name, `crashes ${phase} ${effect}`);
    this.machines.crash(process);
    return never();
  }

  /** People who have waited for this very moment. */
  async worstMoment({ phase, effect }: Pick<WorstMoment, "phase" | "effect">): Promise<void> {
    const key = `${phase} ${effect}`;
    const pass = (this.#passes.get(key) ?? 0) + 1;
    this.#passes.set(key, pass);
    if (phase === "before") this.moments.push({ phase, effect, nth: pass });
    for (const [index, act] of this.scenario.acts.entries()) {
      if (!("phase" in act.when) || this.#done.has(index)) continue;
      const { when } = act;
      if (when.phase !== phase || when.effect !== effect || when.nth !== pass) continue;
      this.#done.add(index);
      await this.people.perform(act);
    }
  }

  async #interleave(process: RemitProcess): Promise<void> {
    await this.runDue();
    jumpClock(this);
    if (this.faults.strikes("interleave: a delivery arrives")) await this.agenda.takeEarly("a delivery arrives")?.run();
    if (this.faults.strikes("interleave: the cluster moves on")) {
      this.time.advance(this.random.between(5, 100) * 1000);
      await this.runDue();
    }
    if (!this.faults.strikes("interleave: another worker's turn")) return;
    const other = this.processes.find((one) => one !== process) ?? process;
    if (other.isFree) await this.within(other, () => other.work());
  }
}
