/** What Remit has left to GitHub to merge: since when, what Remit saw of it since, and what came of it. */
import type { PullRecord } from "../../src/sandbox/github/world/records.ts";
import { remitCommit } from "./invariants/facts.ts";
import type { Look, RemitProcess } from "./remit-process.ts";
import type { Simulation } from "./simulation.ts";

export type MergesLater = "auto-merge" | "merge queue";

/** What happened to changes that GitHub was to merge, for the report. */
export const mergings = [
  "auto-merge is given a change",
  "auto-merge merges it",
  "auto-merge loses it to Remit again",
  "the merge queue is given a change",
  "the merge queue merges it",
  "the merge queue loses it to Remit again",
  "the merge queue lets it go",
] as const;

export type Merging = (typeof mergings)[number];

/** A change in GitHub's hands. */
export interface Custody {
  readonly pull: PullRecord;
  readonly to: MergesLater;
  readonly incident: string;
  readonly process: RemitProcess;
  readonly since: number;
  /** What the hand-over rests on, and whatever Remit saw since, for the same incident. Oldest first. */
  readonly looks: [Seen, ...Seen[]];
}

interface Seen {
  readonly look: Look;
  /** How many faults had struck. */
  readonly struck: number;
}

/** As long as Remit may take from a look to what follows from it, where nothing fails. */
const graceMs = 90_000;

export class Custodies {
  readonly happened = new Set<Merging>();
  readonly #simulation: Simulation;
  readonly #held = new Map<number, Custody>();
  readonly #turnChecks: ((custody: Custody, at: number) => void)[] = [];

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Whenever GitHub looks whether it may merge what it has. */
  onTurn(check: (custody: Custody, at: number) => void): void {
    this.#turnChecks.push(check);
  }

  /** A process of Remit looked, for the incident that it is at work on. */
  looked(process: RemitProcess, look: Look): void {
    const key = process.atWork.at(-1);
    for (const { incident, looks } of this.#held.values())
      if (key?.includes(incident) === true) looks.push({ look, struck: this.#struck });
  }

  /** A request of Remit's was answered: what it gave to GitHub, and what it took back. */
  asked(process: RemitProcess, at: number): void {
    const { github } = this.#simulation;
    const { bot } = github.world.remit;
    for (const pull of github.world.pulls) {
      const by = pull.queued?.by ?? pull.autoMerge?.by;
      const to = pull.queued === undefined ? "auto-merge" : "merge queue";
      const held = this.#held.get(pull.number);
      if (by === bot && held === undefined && process.lastLook !== undefined) {
        const incident = remitCommit(github, pull.head)?.incident ?? "";
        const first = { look: process.lastLook, struck: this.#struck };
        this.#held.set(pull.number, { pull, to, incident, process, since: at, looks: [first] });
        this.#note(`${named(to)} is given a change`);
      } else if (by !== bot && held !== undefined) {
        this.#held.delete(pull.number);
        if (pull.merged === undefined) this.#note(`${named(held.to)} loses it to Remit again`);
      }
    }
  }

  /** GitHub's turn. */
  async ends(turn: () => Promise<void>): Promise<void> {
    await turn();
    const { github, watch } = this.#simulation;
    const { bot } = github.world.remit;
    for (const custody of [...this.#held.values()]) {
      const { pull, to } = custody;
      for (const check of this.#turnChecks) check(custody, this.#simulation.time.now());
      if ((pull.queued?.by ?? pull.autoMerge?.by) === bot && pull.state === "open") continue;
      this.#held.delete(pull.number);
      if (pull.merged !== undefined) {
        this.#note(`${named(to)} merges it`);
        watch.mergedByGitHub(custody, pull.merged.commit);
      } else if (to === "merge queue" && pull.state === "open") this.#note("the merge queue lets it go");
    }
  }

  get #struck(): number {
    return this.#simulation.faults.struckAt.length;
  }

  #note(what: Merging): void {
    this.happened.add(what);
    this.#simulation.say("GitHub", what);
  }

  /** Since a look. */
  hasFailed({ struck }: Seen): boolean {
    return this.#struck > struck;
  }

  /**
   * What a merge by GitHub has to be right by: the newest look that Remit had time to follow, for as long as nothing failed. What came
   * to pass after it, Remit couldn't know; and GitHub, asked a minute before to leave it, may just have been merging.
   */
  rightBy({ looks }: Custody, at: number): Look {
    const [first, ...later] = looks;
    const binding = later.findLast(({ look, struck }) => {
      const until = look.at + graceMs;
      return until <= at && this.#simulation.faults.struckAt.slice(struck).every((when) => when > until);
    });
    return (binding ?? first).look;
  }
}

function named(to: MergesLater): "auto-merge" | "the merge queue" {
  return to === "auto-merge" ? to : "the merge queue";
}
