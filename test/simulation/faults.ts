/** Which fault strikes when. By the seed, or exactly those of a list: so a failing run can be tried again with fewer. */
import type { FaultPoint } from "./fault-points.ts";
import { Random } from "./random.ts";

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
  /** Nothing strikes any more. */
  calm = false;
  readonly #seed: number;
  readonly #plan: FaultPlan;
  readonly #passes = new Map<FaultPoint, number>();

  constructor(seed: number, plan: FaultPlan) {
    this.#seed = seed;
    this.#plan = plan;
  }

  strikes(point: FaultPoint): boolean {
    const pass = (this.#passes.get(point) ?? 0) + 1;
    this.#passes.set(point, pass);
    if (this.calm || !this.#wanted(point, pass)) return false;
    this.struck.push({ point, pass });
    return true;
  }

  #wanted(point: FaultPoint, pass: number): boolean {
    if (this.#plan.kind === "exactly") {
      return this.#plan.strikes.some((strike) => strike.point === point && strike.pass === pass);
    }
    const rate = this.#plan.rates[point] ?? 0;
    return rate > 0 && new Random(`${this.#seed} ${point} ${pass}`).next() < rate;
  }
}
