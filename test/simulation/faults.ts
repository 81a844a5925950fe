/** Which fault strikes when. By the seed, or exactly those of a list: so a failing run can be tried again with fewer. */
import type { Clock } from "../../src/clock.ts";
import type { FaultPoint } from "./fault-points.ts";

/** A point and which of its passes, from 1. */
export interface Strike {
  readonly point: FaultPoint;
  readonly pass: number;
}

export type FaultPlan =
  | { readonly kind: "chance"; readonly rates: Readonly<Partial<Record<FaultPoint, number>>> }
  | { readonly kind: "exactly"; readonly strikes: readonly Strike[] };

export class Faults {
  readonly struck: Strike[] = [];
  /** When those struck that keep a process from what it does next; what is only late or lost on its way doesn't. */
  readonly struckAt: number[] = [];
  /** Nothing strikes any more. */
  calm = false;
  readonly #seed: number;
  readonly #plan: FaultPlan;
  readonly #clock: Clock;
  readonly #passes = new Map<FaultPoint, number>();

  constructor(seed: number, plan: FaultPlan, clock: Clock) {
    this.#seed = seed;
    this.#plan = plan;
    this.#clock = clock;
  }

  strikes(point: FaultPoint): boolean {
    const pass = (this.#passes.get(point) ?? 0) + 1;
    this.#passes.set(point, pass);
    if (this.calm || !this.#wanted(point, pass)) return false;
    this.struck.push({ point, pass });
    if (!/^(delivery|leases):/.test(point)) this.struckAt.push(this.#clock.now());
    return true;
  }

  #wanted(point: FaultPoint, pass: number): boolean {
    if (this.#plan.kind === "exactly") {
      return this.#plan.strikes.some((strike) => strike.point === point && strike.pass === pass);
    }
    const rate = this.#plan.rates[point] ?? 0;
    return rate > 0 && chanceOf(`${this.#seed} ${point} ${pass}`) < rate;
  }
}

/** In [0, 1), from the words alone: FNV-1a, and murmur's finish. Asked a few thousand times in each run. */
function chanceOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
