/** Typed reading of a JSON body or query that was checked against GitHub's description before. */

export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(value: unknown) {
    this.#values = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  }

  /** When the value itself is a list. */
  arrayItems(): readonly unknown[] {
    return [...this.#values].filter(([key]) => /^\d+$/.test(key)).map(([, item]) => item);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  raw(key: string): unknown {
    return this.#values.get(key);
  }

  string(key: string): string | undefined {
    const value = this.#values.get(key);
    return typeof value === "string" ? value : undefined;
  }

  boolean(key: string): boolean | undefined {
    const value = this.#values.get(key);
    if (value === "true" || value === "false") return value === "true";
    return typeof value === "boolean" ? value : undefined;
  }

  /** From a number, or from text that holds one. */
  integer(key: string): number | undefined {
    const value = Number(this.#values.get(key));
    return Number.isInteger(value) && this.#values.get(key) !== "" ? value : undefined;
  }

  /** Milliseconds since the epoch, from an ISO 8601 date. */
  instant(key: string): number | undefined {
    const at = Date.parse(this.string(key) ?? "");
    return Number.isNaN(at) ? undefined : at;
  }

  /** One of some words; undefined for anything else. */
  word<T extends string>(key: string, words: readonly T[]): T | undefined {
    return words.find((word) => word === this.#values.get(key));
  }

  object(key: string): Fields | undefined {
    const value = this.#values.get(key);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? new Fields(value) : undefined;
  }

  list(key: string): readonly unknown[] | undefined {
    const value = this.#values.get(key);
    return Array.isArray(value) ? value : undefined;
  }

  strings(key: string): string[] | undefined {
    return this.list(key)?.filter((item) => typeof item === "string");
  }

  objects(key: string): Fields[] | undefined {
    return this.list(key)?.map((item) => new Fields(item));
  }
}
