/** Finds single paths at many revisions without a process for each: trees come from the object reader and are kept by id. */
import { RemitError } from "../../errors.ts";
import { BoundedCache } from "./bounded-cache.ts";
import type { Revision, TreeEntry } from "./mirror.ts";
import type { ObjectReader } from "./object-reader.ts";
import { parseTreeObject, type TreeItem } from "./tree-object.ts";

type Tree = ReadonlyMap<string, TreeItem>;

/** Names in all kept trees together. */
const maxKeptNames = 200_000;
const maxKeptCommits = 20_000;
/** No directory that people work in needs a larger tree. Bytes. */
const maxTreeBytes = 64 * 1024 * 1024;

export class TreeLookup {
  readonly #objects: ObjectReader;
  readonly #trees = new BoundedCache<Promise<Tree>>(maxKeptNames);
  /** A commit's root tree. */
  readonly #roots = new BoundedCache<Promise<string>>(maxKeptCommits);

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** Entries of any mode, directories included; a path that isn't there is absent. Throws RemitError git-failed without the commit. */
  async find(revision: Revision, paths: Iterable<string>): Promise<TreeEntry[]> {
    const root = await this.#root(revision);
    const found = await Promise.all(Array.from(paths, (path) => this.#walk(root, path)));
    return found.filter((entry) => entry !== undefined);
  }

  async #walk(root: string, path: string): Promise<TreeEntry | undefined> {
    const segments = path.split("/");
    let item: TreeItem | undefined = { mode: "040000", object: root };
    for (const segment of segments) {
      if (item?.mode !== "040000") return undefined;
      const tree: Tree = await this.#tree(item.object);
      item = tree.get(segment);
    }
    return item === undefined ? undefined : { path, ...item };
  }

  #root(revision: Revision): Promise<string> {
    const known = this.#roots.get(revision);
    if (known !== undefined) return known;
    const read = this.#objects.read(revision, maxTreeBytes).then((commit) => {
      const id = /^tree ([0-9a-f]+)\n/.exec(commit?.content?.toString("latin1", 0, 100) ?? "")?.[1];
      if (commit?.type !== "commit" || id === undefined) throw new RemitError("git-failed", `${revision} is no commit`);
      return id;
    });
    read.catch(() => this.#roots.delete(revision));
    this.#roots.set(revision, read, 1);
    return read;
  }

  #tree(id: string): Promise<Tree> {
    const known = this.#trees.get(id);
    if (known !== undefined) return known;
    const read = this.#objects.read(id, maxTreeBytes).then((object) => {
      if (object?.type !== "tree" || object.content === undefined)
        throw new RemitError("git-failed", `the tree ${id} can't be read`);
      const tree = parseTreeObject(object.content, id.length / 2);
      this.#trees.set(id, read, Math.max(1, tree.size));
      return tree;
    });
    read.catch(() => this.#trees.delete(id));
    this.#trees.set(id, read, 1);
    return read;
  }
}
