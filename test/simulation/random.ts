/** Chance from a seed: the same seed gives the same numbers on every machine. Named streams don't disturb each other. */
import { createHash } from "node:crypto";

export class Random {
  readonly #name: string;
  readonly #state: Uint32Array;

  constructor(name: string) {
    this.#name = name;
    const hash = createHash("sha256").update(name).digest();
    this.#state = new Uint32Array([0, 4, 8, 12].map((at) => hash.readUInt32LE(at)));
  }

  /** A stream of its own: what it gives depends on its name alone. */
  fork(name: string): Random {
    return new Random(`${this.#name}/${name}`);
  }

  /** In [0, 1). The generator is sfc32. */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const sum = (((a + b) | 0) + d) | 0;
    this.#state[3] = d + 1;
    this.#state[0] = b ^ (b >>> 9);
    this.#state[1] = (c + (c << 3)) | 0;
    this.#state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<const T>(from: readonly [T, ...T[]]): T {
    return from[this.between(0, from.length - 1)] ?? from[0];
  }
}
