/** Sees what each request of Remit's does to the repository, and hands it to the invariants. */
import type { PullRecord } from "../../src/sandbox/github/world/records.ts";
import type { Custody, MergesLater } from "./custody.ts";
import type { Effect } from "./effect.ts";
import { type PolicyAt, policyAt } from "./invariants/policy-at.ts";
import { isApproved, type Reviewed } from "./is-approved.ts";
import type { Look, RemitProcess } from "./remit-process.ts";
import { authorityPath } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

/** One request of Remit's that was answered, and what it changed. */
export interface Asked {
  readonly process: RemitProcess;
  readonly effect: Effect;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly moves: readonly Move[];
  /** The pull request that it merged, as it was just before. */
  readonly merged: MergedPull | undefined;
}

export interface Sent {
  readonly process: RemitProcess;
  readonly effect: Effect;
  readonly path: string;
  readonly at: number;
}

export interface Move {
  readonly ref: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface MergedPull {
  readonly pull: PullRecord;
  readonly head: string;
  /** Main before and after. */
  readonly base: string;
  readonly commit: string;
  readonly by: "remit" | MergesLater;
  /** What the merge rests on; undefined: Remit never looked. */
  readonly look: Look | undefined;
  /** When it was Remit's to decide: at the merge, or at the last look that it could follow before GitHub merged. */
  readonly decidedAt: number;
  /** What Remit saw of its reviews. */
  readonly reviewed: Reviewed;
  /** By the policy that Remit saw, these reviews are enough. */
  readonly approved: boolean;
  /** Of main as Remit saw it; undefined where it is missing or broken. */
  readonly policy: PolicyAt | undefined;
}

interface Before extends Omit<Asked, "status" | "moves" | "merged"> {
  readonly refs: ReadonlyMap<string, string>;
  readonly unmerged: readonly { readonly pull: PullRecord; readonly head: string }[];
}

export class Watch {
  /** When main last moved, and from where. */
  mainMoved: { before: string | undefined; movedAt: number } = { before: undefined, movedAt: 0 };
  youngestRefAt = 0;
  /** Since when the policy on main is what it is. */
  policyChangedAt = 0;
  readonly #simulation: Simulation;
  readonly #sentChecks: ((sent: Sent) => void)[] = [];
  readonly #checks: ((asked: Asked) => void)[] = [];

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    simulation.github.world.onEvent(({ name, payload }) => {
      if (name !== "push") return;
      const { ref, before, after, created } = payload;
      const now = simulation.time.now();
      if (created === true) this.youngestRefAt = now;
      if (ref !== simulation.github.world.defaultRef || created === true) return;
      this.mainMoved = { before: String(before), movedAt: now };
      const { github } = simulation;
      if (github.text(String(before), authorityPath) !== github.text(String(after), authorityPath))
        this.policyChangedAt = now;
    });
  }

  /** Before anything can go wrong with a request. */
  onSent(check: (sent: Sent) => void): void {
    this.#sentChecks.push(check);
  }

  sent(sent: Sent): void {
    for (const check of this.#sentChecks) check(sent);
  }

  onAsked(check: (asked: Asked) => void): void {
    this.#checks.push(check);
  }

  before(process: RemitProcess, effect: Effect, method: string, path: string, body: string): Promise<Before> {
    const { github, time } = this.#simulation;
    const unmerged = github.world.pulls
      .filter(({ merged }) => merged === undefined)
      .map((pull) => ({ pull, head: pull.head }));
    return github.git.refs().then((refs) => ({ process, effect, method, path, body, at: time.now(), refs, unmerged }));
  }

  #seen(
    look: Look | undefined,
    number: number,
    base: string,
  ): Pick<MergedPull, "look" | "reviewed" | "approved" | "policy"> {
    const policy = policyAt(this.#simulation.github, look?.head ?? base);
    const seen = look?.reviews.get(number) ?? { approvers: [], objectedTo: false };
    return { look, reviewed: seen, policy, approved: policy !== undefined && isApproved(seen, policy) };
  }

  /** Of what was left to it. */
  mergedByGitHub(custody: Custody, commit: string): void {
    const { github, custody: custodies, time } = this.#simulation;
    const { pull, to, process } = custody;
    const [at, head] = [time.now(), pull.head];
    const base = github.git.objects.commit(commit).parents[0] ?? "";
    const look = custodies.rightBy(custody, at);
    const merged = { pull, head, base, commit, by: to, decidedAt: look.at, ...this.#seen(look, pull.number, base) };
    const moves = [{ ref: github.world.defaultRef, from: base, to: commit }];
    const request = { process, effect: "a merge", method: "", path: "", body: "", status: 200, at } as const;
    for (const check of this.#checks) check({ ...request, moves, merged });
  }

  async after(asking: Promise<Before>, status: number): Promise<void> {
    const { refs: before, unmerged, ...asked } = await asking;
    const after = await this.#simulation.github.git.refs();
    const moves = [...new Set([...before.keys(), ...after.keys()])]
      .map((ref) => ({ ref, from: before.get(ref), to: after.get(ref) }))
      .filter(({ from, to }) => from !== to);
    const found = unmerged.find(({ pull }) => pull.merged !== undefined);
    const base = before.get(this.#simulation.github.world.defaultRef) ?? "";
    const merged = found?.pull.merged && {
      ...found,
      ...this.#seen(asked.process.lastLook, found.pull.number, base),
      by: "remit" as const,
      decidedAt: asked.at,
      base,
      commit: found.pull.merged.commit,
    };
    for (const check of this.#checks) check({ ...asked, status, moves, merged });
    this.#simulation.custody.asked(asked.process, asked.at);
  }
}
