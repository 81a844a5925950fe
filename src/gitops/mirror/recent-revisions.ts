import type { Revision } from "./mirror.ts";

/** Remembers what was computed for the last few revisions. Concurrent askers share one computation; failures aren't kept. */
export class RecentRevisions<T> {
  readonly #capacity: number;
  readonly #values = new Map<Revision, Promise<T>>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(revision: Revision): boolean {
    return this.#values.has(revision);
  }

  get(revision: Revision, compute: () => Promise<T>): Promise<T> {
    const known = this.#values.get(revision);
    this.#values.delete(revision);
    const value = known ?? compute();
    this.#values.set(revision, value);
    if (known === undefined) value.catch(() => this.#values.delete(revision));
    const oldest = this.#values.keys().next();
    if (this.#values.size > this.#capacity && !oldest.done) this.#values.delete(oldest.value);
    return value;
  }
}
