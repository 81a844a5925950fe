/** Contents of blobs by id. What a partial clone left behind is fetched in one go; what was read last is kept. */
import { RemitError } from "../../errors.ts";
import { BoundedCache } from "./bounded-cache.ts";
import type { ObjectReader } from "./object-reader.ts";

/** Brings the named blobs into the git directory. */
export type Prefetch = (objects: readonly string[]) => Promise<void>;

/** `content` is undefined where it is larger than asked for, and lent: valid during the call. */
export type BlobVisitor = (id: string, content: Buffer | undefined) => void;

/** `read` keeps this much of what it read. Bytes. */
const keptBytes = 32 * 1024 * 1024;

export class BlobStore {
  readonly #objects: ObjectReader;
  readonly #prefetch: Prefetch | undefined;
  readonly #kept = new BoundedCache<Buffer>(keptBytes);

  constructor(objects: ObjectReader, prefetch: Prefetch | undefined) {
    this.#objects = objects;
    this.#prefetch = prefetch;
  }

  /** Shows every blob once, as it comes. Throws RemitError git-failed where one isn't to be had. */
  async visit(ids: Iterable<string>, maxBytes: number, visit: BlobVisitor): Promise<void> {
    let missing = await this.#pass([...new Set(ids)], maxBytes, visit);
    if (missing.length > 0 && this.#prefetch !== undefined) {
      await this.#prefetch(missing);
      missing = await this.#pass(missing, maxBytes, visit);
    }
    if (missing.length > 0)
      throw new RemitError("git-failed", `${missing.length} objects are missing from the repository`);
  }

  /** The same buffer for the same blob, as long as it is kept. One that is larger than `maxBytes` is absent. */
  async read(ids: Iterable<string>, maxBytes: number): Promise<Map<string, Buffer>> {
    const contents = new Map<string, Buffer>();
    const unknown: string[] = [];
    for (const id of new Set(ids)) {
      const known = this.#kept.get(id);
      if (known === undefined || known.length > maxBytes) unknown.push(id);
      else contents.set(id, known);
    }
    await this.visit(unknown, maxBytes, (id, content) => {
      if (content === undefined) return;
      const own = Buffer.from(content);
      contents.set(id, own);
      this.#kept.set(id, own, own.length + 100);
    });
    return contents;
  }

  /** Returns the ids that aren't there. */
  async #pass(ids: readonly string[], maxBytes: number, visit: BlobVisitor): Promise<string[]> {
    const missing: string[] = [];
    await this.#objects.readAll(ids, maxBytes, (id, object) => {
      if (object === undefined) missing.push(id);
      else visit(id, object.content);
    });
    return missing;
  }
}
