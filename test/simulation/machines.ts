/** The processes of Remit and the disk under them: they start, die, and come back to what is left. */
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { type FileCache, MemoryMirror } from "./git/memory-mirror.ts";
import { leasesEveryMs, RemitProcess } from "./remit-process.ts";
import { repository } from "./simulated-github.ts";
import type { Simulation } from "./simulation.ts";

export class Machines {
  /** How often the store was lost. */
  emptied = 0;
  /** When a process last started. */
  bootedAt = 0;
  readonly #simulation: Simulation;
  readonly #files: FileCache;
  readonly #processes: (RemitProcess | undefined)[] = [];
  readonly #mirrors: MemoryMirror[] = [];
  readonly #lossChecks: (() => Promise<void>)[] = [];
  #store: Store | undefined;
  #boots = 0;

  constructor(simulation: Simulation, files: FileCache) {
    this.#simulation = simulation;
    this.#files = files;
  }

  async begin(): Promise<void> {
    this.#store = await openSqliteStore({ directory: ":memory:" });
    for (let index = 0; index < this.#simulation.scenario.replicas; index++) {
      this.#mirrors[index] = await this.#newMirror();
      this.#boot(index);
    }
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error("the world hasn't begun");
    return this.#store;
  }

  /** Called while the store that is about to be lost is still there. */
  onStoreLost(check: () => Promise<void>): void {
    this.#lossChecks.push(check);
  }

  /** Those that live. */
  get processes(): readonly RemitProcess[] {
    return this.#processes.filter((process) => process !== undefined);
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  /** It comes back after a while; alone on its machine, perhaps to an empty disk. */
  crash(process: RemitProcess): void {
    const { faults, random, agenda, time } = this.#simulation;
    const index = this.#processes.indexOf(process);
    if (index !== -1) this.#processes[index] = undefined;
    process.crash();
    const down = faults.strikes("crash: down for long") ? random.between(5, 40) * 60_000 : 3_000;
    const empty = this.processes.length === 0 && faults.strikes("crash: store is empty afterwards");
    agenda.note(time.now() + down, "a process starts", async () => {
      if (empty) await this.#loseStore();
      this.#boot(index);
    });
  }

  async #loseStore(): Promise<void> {
    if (this.processes.length > 0) return;
    this.#simulation.say("machine", "the disk is new and empty");
    for (const check of this.#lossChecks) await check();
    this.emptied += 1;
    await this.#store?.close();
    this.#store = await openSqliteStore({ directory: ":memory:" });
    for (const index of this.#mirrors.keys()) this.#mirrors[index] = await this.#newMirror();
  }

  #boot(index: number): void {
    const mirror = this.#mirrors[index];
    if (mirror === undefined) throw new Error("a process has no mirror");
    this.#boots += 1;
    this.bootedAt = this.#simulation.time.now();
    const name = `remit-${index + 1}.${this.#boots}`;
    this.#simulation.say(name, "starts");
    this.#simulation.awake = true;
    const process = new RemitProcess(this.#simulation, name, this.store, mirror);
    this.#processes[index] = process;
    const { ailments, scenario } = this.#simulation;
    const onlyWatches = scenario.policy.tier === "suggest" || scenario.policy.mode === "audit";
    // Where nothing is ever done for a time only, people have nothing to be compared with and nothing is recorded, there is nothing to find.
    if (ailments.size > 0 || onlyWatches || scenario.ledger === true) this.#keepLeases(process, 0);
  }

  #keepLeases(process: RemitProcess, afterMs: number): void {
    const { agenda, faults, random, time } = this.#simulation;
    agenda.note(time.now() + afterMs, "leases are looked at", async () => {
      if (process.dead) return;
      // It may want the very token that it waits for.
      if (!process.isFree) return this.#keepLeases(process, 1000);
      await this.#simulation.within(process, () => process.lookAtLeases());
      const late = faults.strikes("leases: nobody looks for long") ? random.between(5, 30) * 60_000 : 0;
      this.#keepLeases(process, leasesEveryMs + late);
    });
  }

  async #newMirror(): Promise<MemoryMirror> {
    const mirror = new MemoryMirror(repository, this.#simulation.github.git, this.#files);
    await mirror.fetch();
    return mirror;
  }
}
