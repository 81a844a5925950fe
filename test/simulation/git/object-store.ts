/** Git's objects in memory, by the ids that git itself would give them: SHA-1 over the same bytes. */
import { createHash } from "node:crypto";
import { RemitError } from "../../../src/errors.ts";
import type { NewCommit } from "../../../src/sandbox/github/git/git-objects.ts";
import { type CommitFacts, parseCommit } from "../../../src/sandbox/github/git/parse-commit.ts";

export type ObjectType = "blob" | "tree" | "commit";

/** A file anywhere below a tree. */
export interface FlatEntry {
  readonly mode: string;
  readonly oid: string;
}

interface StoredObject {
  readonly type: ObjectType;
  readonly body: Buffer;
}

export class ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #commits = new Map<string, CommitFacts>();
  readonly #flat = new Map<string, ReadonlyMap<string, FlatEntry>>();

  read(oid: string): StoredObject | undefined {
    return this.#objects.get(oid);
  }

  writeBlob(content: string | Uint8Array): string {
    return this.#write("blob", Buffer.from(content));
  }

  /** A whole tree from its files, by path; directories follow from the paths. */
  writeTree(files: ReadonlyMap<string, FlatEntry>): string {
    const oid = this.#writeDirectory([...files].map(([path, entry]) => [path.split("/"), entry] as const));
    if (!this.#flat.has(oid)) this.#flat.set(oid, sortedByBytes(files));
    return oid;
  }

  writeCommit({ tree, parents, author, committer, message }: NewCommit): string {
    const person = ({ name, email, at }: NewCommit["author"]) => `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
    const lines = [
      `tree ${tree}`,
      ...parents.map((parent) => `parent ${parent}`),
      `author ${person(author)}`,
      `committer ${person(committer)}`,
    ];
    const text = message.endsWith("\n") ? message : `${message}\n`;
    return this.#write("commit", Buffer.from(`${lines.join("\n")}\n\n${text}`));
  }

  /** Throws git-failed when there is no such commit. */
  commit(oid: string): CommitFacts {
    const known = this.#commits.get(oid);
    if (known !== undefined) return known;
    const object = this.#objects.get(oid);
    if (object?.type !== "commit") throw new RemitError("git-failed", `there is no commit ${oid}`);
    const facts = parseCommit(oid, object.body.toString());
    this.#commits.set(oid, facts);
    return facts;
  }

  /** Every file below a commit or tree, in git's order. */
  files(treeish: string): ReadonlyMap<string, FlatEntry> {
    const tree = this.#objects.get(treeish)?.type === "commit" ? this.commit(treeish).tree : treeish;
    const known = this.#flat.get(tree);
    if (known === undefined) throw new RemitError("git-failed", `there is no tree ${treeish}`);
    return known;
  }

  /** The commit and everything behind it. */
  ancestors(oid: string): ReadonlySet<string> {
    const seen = new Set([oid]);
    for (const next of seen) for (const parent of this.commit(next).parents) seen.add(parent);
    return seen;
  }

  #write(type: ObjectType, body: Buffer): string {
    const oid = createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
    if (!this.#objects.has(oid)) this.#objects.set(oid, { type, body });
    return oid;
  }

  #writeDirectory(files: readonly (readonly [parts: readonly string[], entry: FlatEntry])[]): string {
    const items: { readonly name: string; readonly mode: string; readonly oid: string }[] = [];
    const directories = new Map<string, (readonly [string[], FlatEntry])[]>();
    for (const [[name = "", ...rest], entry] of files) {
      if (rest.length === 0) items.push({ name, ...entry });
      else directories.set(name, [...(directories.get(name) ?? []), [rest, entry]]);
    }
    for (const [name, below] of directories) items.push({ name, mode: "40000", oid: this.#writeDirectory(below) });
    const sortKey = ({ name, mode }: { name: string; mode: string }) => (mode === "40000" ? `${name}/` : name);
    items.sort((a, b) => Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b))));
    const body = items.flatMap(({ mode, name, oid }) => [
      Buffer.from(`${Number.parseInt(mode, 8).toString(8)} ${name}\0`),
      Buffer.from(oid, "hex"),
    ]);
    return this.#write("tree", Buffer.concat(body));
  }
}

function sortedByBytes(files: ReadonlyMap<string, FlatEntry>): ReadonlyMap<string, FlatEntry> {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
