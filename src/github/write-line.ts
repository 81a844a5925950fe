/** One after the other; what is urgent goes before what isn't, and neither overtakes its own kind. */
export class WriteLine {
  readonly #urgent: (() => Promise<void>)[] = [];
  readonly #other: (() => Promise<void>)[] = [];
  #busy = false;

  /** How many wait, the one at work not counted. */
  get waiting(): number {
    return this.#urgent.length + this.#other.length;
  }

  run<T>(urgent: boolean, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      (urgent ? this.#urgent : this.#other).push(() => work().then(resolve, reject));
      if (!this.#busy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await next();
    this.#busy = false;
  }

  #next(): (() => Promise<void>) | undefined {
    return this.#urgent.shift() ?? this.#other.shift();
  }
}
