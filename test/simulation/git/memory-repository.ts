/** The stand-in's repository in memory: refs over an `ObjectStore`. Answers as git does, without a process. */

import { lineDiff, splitLines } from "../../../src/gitops/edit/line-diff.ts";
import type {
  FileChange,
  GitObject,
  GitObjects,
  NewCommit,
  TreeChange,
  TreeEntry,
} from "../../../src/sandbox/github/git/git-objects.ts";
import type { CommitFacts } from "../../../src/sandbox/github/git/parse-commit.ts";
import { mergeFiles } from "./merge-files.ts";
import { type FlatEntry, ObjectStore } from "./object-store.ts";

const zeros = "0".repeat(40);

export class MemoryRepository implements GitObjects {
  readonly place = "memory";
  readonly objects = new ObjectStore();
  /** The ref that `HEAD` stands for. */
  head = "refs/heads/main";
  readonly #refs = new Map<string, string>();

  async close(): Promise<void> {}

  async readRef(name: string): Promise<string | undefined> {
    return this.#refs.get(name);
  }

  /** `readRef` for those who needn't wait. */
  ref(name: string): string | undefined {
    return this.#refs.get(name);
  }

  async refs(prefix = "refs/heads"): Promise<Map<string, string>> {
    const below = [...this.#refs].filter(([name]) => name === prefix || name.startsWith(`${prefix}/`));
    return new Map(below.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async updateRef(name: string, next: string, old: string): Promise<boolean> {
    if ((this.#refs.get(name) ?? zeros) !== old || !isRefName(name)) return false;
    const clashes = [...this.#refs.keys()].some((ref) => ref.startsWith(`${name}/`) || name.startsWith(`${ref}/`));
    if (next === zeros) this.#refs.delete(name);
    else if (clashes || this.objects.read(next) === undefined) return false;
    else this.#refs.set(name, next);
    return true;
  }

  async setRef(name: string, next: string): Promise<void> {
    this.#refs.set(name, next);
  }

  async isRefName(name: string): Promise<boolean> {
    return isRefName(name);
  }

  async resolve(expression: string): Promise<GitObject | undefined> {
    const colon = expression.indexOf(":");
    const revision = this.#revision(colon === -1 ? expression : expression.slice(0, colon));
    if (revision === undefined) return undefined;
    if (colon === -1) return this.#object(revision);
    const path = expression.slice(colon + 1);
    const files = this.objects.files(revision);
    const file = files.get(path);
    if (file !== undefined) return this.#object(file.oid);
    const below = [...files].filter(([name]) => path === "" || name.startsWith(`${path}/`));
    if (below.length === 0) return undefined;
    const cut = path === "" ? 0 : path.length + 1;
    return this.#object(this.objects.writeTree(new Map(below.map(([name, entry]) => [name.slice(cut), entry]))));
  }

  async readBlob(oid: string): Promise<Buffer> {
    return this.objects.read(oid)?.body ?? Buffer.alloc(0);
  }

  async readTree(treeish: string, options: { recursive?: boolean; path?: string } = {}): Promise<TreeEntry[]> {
    const prefix = options.path === undefined || options.path === "" ? "" : `${options.path}/`;
    const entries = new Map<string, TreeEntry>();
    for (const [path, { mode, oid }] of this.objects.files(this.#revision(treeish) ?? treeish)) {
      if (!path.startsWith(prefix)) continue;
      const slash = path.indexOf("/", prefix.length);
      if (slash === -1 || options.recursive === true) {
        entries.set(path, { mode, type: "blob", oid, size: this.objects.read(oid)?.body.length, path });
      } else {
        const directory = path.slice(0, slash);
        const tree = (await this.resolve(`${treeish}:${directory}`))?.oid ?? "";
        entries.set(directory, { mode: "040000", type: "tree", oid: tree, size: undefined, path: directory });
      }
    }
    return [...entries.values()];
  }

  async writeBlob(content: string | Uint8Array): Promise<string> {
    return this.objects.writeBlob(content);
  }

  async writeTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
    const files = new Map<string, FlatEntry>(base === undefined ? [] : this.objects.files(base));
    for (const { path, content, oid, mode = "100644" } of changes) {
      const blob = oid ?? (content === undefined ? zeros : this.objects.writeBlob(content));
      if (blob === zeros) files.delete(path);
      else files.set(path, { mode, oid: blob });
    }
    return this.objects.writeTree(files);
  }

  async writeCommit(commit: NewCommit): Promise<string> {
    return this.objects.writeCommit(commit);
  }

  async commit(oid: string): Promise<CommitFacts> {
    return this.objects.commit(oid);
  }

  async commitsBetween(base: string | undefined, head: string): Promise<string[]> {
    const done = new Set(base === undefined ? [] : this.objects.ancestors(base));
    const ordered: string[] = [];
    const visit = (oid: string) => {
      if (done.has(oid)) return;
      done.add(oid);
      for (const parent of this.objects.commit(oid).parents) visit(parent);
      ordered.push(oid);
    };
    visit(head);
    return ordered;
  }

  async log(head: string, limit: number, path?: string): Promise<string[]> {
    const commits = (await this.commitsBetween(undefined, head)).reverse();
    const at = (oid: string | undefined) =>
      oid === undefined || path === undefined ? undefined : this.objects.files(oid).get(path)?.oid;
    const touching = commits.filter((oid) => path === undefined || at(oid) !== at(this.objects.commit(oid).parents[0]));
    return touching.slice(0, limit);
  }

  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const ours = this.objects.ancestors(a);
    return [...this.objects.ancestors(b)].find((oid) => ours.has(oid));
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return this.objects.ancestors(descendant).has(ancestor);
  }

  async mergeTrees(ours: string, theirs: string): Promise<string | undefined> {
    const base = await this.mergeBase(ours, theirs);
    if (base === undefined) return undefined;
    const [before, mine, yours] = [base, ours, theirs].map((oid) => this.objects.files(oid));
    if (before === undefined || mine === undefined || yours === undefined) return undefined;
    const merged = mergeFiles(this.objects, before, mine, yours);
    return merged && this.objects.writeTree(merged);
  }

  async diff(from: string, to: string): Promise<FileChange[]> {
    const [before, after] = [this.objects.files(from), this.objects.files(to)];
    const changes: FileChange[] = [];
    for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
      const [old, fresh] = [before.get(path), after.get(path)];
      if (old?.oid === fresh?.oid && old?.mode === fresh?.mode) continue;
      const hunks = lineDiff(this.#lines(old), this.#lines(fresh));
      changes.push({
        path,
        previousPath: undefined,
        status: old === undefined ? "added" : fresh === undefined ? "removed" : "modified",
        blob: (fresh ?? old)?.oid ?? "",
        additions: hunks.reduce((sum, hunk) => sum + hunk.afterEnd - hunk.afterStart, 0),
        deletions: hunks.reduce((sum, hunk) => sum + hunk.beforeEnd - hunk.beforeStart, 0),
        patch: undefined,
      });
    }
    return changes;
  }

  #lines(entry: FlatEntry | undefined): readonly string[] {
    return entry === undefined ? [] : splitLines(this.objects.read(entry.oid)?.body.toString() ?? "");
  }

  #revision(name: string): string | undefined {
    if (name === "HEAD") return this.#refs.get(this.head);
    if (/^[0-9a-f]{40}$/.test(name)) return this.objects.read(name) === undefined ? undefined : name;
    return this.#refs.get(name) ?? this.#refs.get(`refs/heads/${name}`) ?? this.#refs.get(`refs/${name}`);
  }

  #object(oid: string): GitObject | undefined {
    const object = this.objects.read(oid);
    return object && { oid, type: object.type, size: object.body.length };
  }
}

/** The rules of `git check-ref-format` that a client may break. */
function isRefName(name: string): boolean {
  const parts = name.split("/");
  return (
    parts.length > 1 &&
    parts.every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock") && !part.endsWith(".")) &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: git refuses them
    !/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(name)
  );
}
