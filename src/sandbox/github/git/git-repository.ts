/** The real bare repository behind the stand-in: refs and objects, through git's own plumbing. */
import { createHash } from "node:crypto";
import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RemitError } from "../../../errors.ts";
import { ObjectReader } from "../../../gitops/mirror/object-reader.ts";
import type { FileChange, GitObject, GitObjects, NewCommit, TreeChange, TreeEntry } from "./git-objects.ts";
import { type CommitFacts, parseCommit } from "./parse-commit.ts";
import { readDiff } from "./read-diff.ts";
import { type GitRunOptions, gitEnvironment, runGit } from "./run-git.ts";

export const ZERO_OID = "0".repeat(40);

/** Refuses a push to the refs that the pusher may not move; the refs come in the environment of the one push. */
const UPDATE_HOOK = `#!/bin/sh
case " $SANDBOX_PROTECTED_REFS " in
  *" $1 "*)
    echo "error: GH006: Protected branch update failed for $1." >&2
    echo "error: Changes must be made through a pull request." >&2
    exit 1;;
esac
`;

const CONFIG = `[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[http]
	receivepack = true
[receive]
	denyDeleteCurrent = refuse
[gc]
	auto = 0
`;

const saidLimit = 1_000;

export class GitRepository implements GitObjects {
  readonly directory: string;
  readonly #commits = new Map<string, CommitFacts>();
  /** What git said of objects that never change, by the question. Newest last. */
  readonly #said = new Map<string, Promise<unknown>>();
  /** One process for all objects: starting one for each costs more than everything else. */
  readonly #objects: ObjectReader;
  #indexes = 0;

  private constructor(directory: string) {
    this.directory = directory;
    this.#objects = new ObjectReader(gitEnvironment(directory));
  }

  static async create(directory: string): Promise<GitRepository> {
    await mkdir(directory, { recursive: true });
    const repository = new GitRepository(directory);
    await repository.git(["init", "--quiet", "--bare", "--initial-branch=main", directory]);
    await appendFile(join(directory, "config"), CONFIG);
    await writeFile(join(directory, "hooks", "update"), UPDATE_HOOK, { mode: 0o755 });
    return repository;
  }

  close(): Promise<void> {
    return this.#objects.close();
  }

  get place(): string {
    return this.directory;
  }

  async git(args: readonly string[], options?: GitRunOptions): Promise<string> {
    return (await runGit(this.directory, args, options)).stdout.toString();
  }

  /** Object id of a full ref name; undefined when it doesn't exist. */
  async readRef(name: string): Promise<string | undefined> {
    if (/^refs\/(?:heads|pull)\//.test(name)) return this.#objects.commitOf(name);
    const out = await this.git(["rev-parse", "--verify", "--quiet", "--end-of-options", name], { codes: [0, 1, 128] });
    return name.startsWith("refs/") && out !== "" ? out.trim() : undefined;
  }

  /** Every ref below a prefix, by full name. */
  async refs(prefix = "refs/heads"): Promise<Map<string, string>> {
    const out = await this.git(["for-each-ref", "--format=%(refname) %(objectname)", prefix]);
    return new Map(
      lines(out).map((line) => {
        const space = line.indexOf(" ");
        return [line.slice(0, space), line.slice(space + 1)];
      }),
    );
  }

  /** Compare and swap: false when the ref wasn't at `old` (ZERO_OID: didn't exist), or its name clashes or is invalid. */
  async updateRef(name: string, next: string, old: string): Promise<boolean> {
    const args = next === ZERO_OID ? ["update-ref", "-d", name, old] : ["update-ref", name, next, old];
    return (await runGit(this.directory, args, { codes: [0, 1, 128] })).code === 0;
  }

  async setRef(name: string, next: string): Promise<void> {
    await this.git(["update-ref", name, next]);
  }

  async isRefName(name: string): Promise<boolean> {
    return (await runGit(this.directory, ["check-ref-format", name], { codes: [0, 1] })).code === 0;
  }

  /** `type` and id of what a revision expression such as `main:apps/a.yaml` names. */
  async resolve(expression: string): Promise<GitObject | undefined> {
    if (expression.includes("\n") || expression === "") return undefined;
    const out = await this.git(["cat-file", "--batch-check"], { input: `${expression}\n` });
    const found = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(out.trim());
    if (found === null) return undefined;
    const type = found[2] === "blob" || found[2] === "tree" || found[2] === "commit" ? found[2] : "tag";
    return { oid: found[1] ?? "", type, size: Number(found[3]) };
  }

  readBlob(oid: string): Promise<Buffer> {
    return this.#once(["blob", oid], () => this.#object(oid, "blob"));
  }

  /** Entries of a tree-ish, with paths from its root. */
  async readTree(treeish: string, options: { recursive?: boolean; path?: string } = {}): Promise<TreeEntry[]> {
    const args = ["ls-tree", "-z", "-l", ...(options.recursive ? ["-r"] : []), treeish];
    if (options.path !== undefined && options.path !== "") args.push("--", `${options.path}/`);
    return (await this.git(args)).split("\0").flatMap((record) => {
      const found = /^(\d+) (blob|tree|commit) ([0-9a-f]{40}) +(-|\d+)\t([\s\S]*)$/.exec(record);
      if (found === null) return [];
      const type = found[2] === "blob" ? "blob" : found[2] === "tree" ? "tree" : "commit";
      const size = found[4] === "-" ? undefined : Number(found[4]);
      return [{ mode: found[1] ?? "", type, oid: found[3] ?? "", size, path: found[5] ?? "" } as const];
    });
  }

  async writeBlob(content: string | Uint8Array): Promise<string> {
    return (await this.git(["hash-object", "-w", "--stdin"], { input: content })).trim();
  }

  /** Many in one run of git. */
  async #writeBlobs(contents: readonly (string | Uint8Array)[]): Promise<string[]> {
    const blobs = contents.map((content) => Buffer.from(content));
    if (blobs.length === 1) return [await this.writeBlob(blobs[0] ?? "")];
    const commands = blobs.flatMap((blob) => [Buffer.from(`blob\ndata ${blob.length}\n`), blob, Buffer.from("\n")]);
    const input = Buffer.concat([...commands, Buffer.from("done\n")]);
    if (blobs.length > 0) await this.git(["fast-import", "--quiet", "--done"], { input });
    return blobs.map((blob) => createHash("sha1").update(`blob ${blob.length}\0`).update(blob).digest("hex"));
  }

  /** The tree of `base` (none: empty) with some files changed, built in an index of its own. */
  async writeTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
    this.#indexes += 1;
    const env = { GIT_INDEX_FILE: join(this.directory, `sandbox-index-${this.#indexes}`) };
    try {
      await this.git(base === undefined ? ["read-tree", "--empty"] : ["read-tree", base], { env });
      const written = await this.#writeBlobs(
        changes.flatMap(({ oid, content = [] }) => (oid === undefined ? content : [])),
      );
      const records = changes.map((change) => {
        const oid = change.oid ?? (change.content === undefined ? ZERO_OID : (written.shift() ?? ZERO_OID));
        return `${oid === ZERO_OID ? "0" : (change.mode ?? "100644")} ${oid}\t${change.path}\0`;
      });
      await this.git(["update-index", "-z", "--index-info"], { env, input: records.join("") });
      return (await this.git(["write-tree"], { env })).trim();
    } finally {
      await rm(env.GIT_INDEX_FILE, { force: true });
    }
  }

  async writeCommit(commit: NewCommit): Promise<string> {
    const { author, committer } = commit;
    const parents = commit.parents.flatMap((parent) => ["-p", parent]);
    const out = await this.git(["commit-tree", commit.tree, ...parents], {
      input: commit.message.endsWith("\n") ? commit.message : `${commit.message}\n`,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: gitDate(author.at),
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: gitDate(committer.at),
      },
    });
    return out.trim();
  }

  /** Throws git-failed when there is no such commit. */
  async commit(oid: string): Promise<CommitFacts> {
    const known = this.#commits.get(oid);
    if (known !== undefined) return known;
    const facts = parseCommit(oid, (await this.#object(oid, "commit")).toString());
    this.#commits.set(oid, facts);
    return facts;
  }

  /** Commits reachable from `head` but not from `base`, oldest first. */
  commitsBetween(base: string | undefined, head: string): Promise<string[]> {
    const range = base === undefined ? [head] : [head, `^${base}`];
    return this.#once(["between", head, base ?? ZERO_OID], async () =>
      lines(await this.git(["rev-list", "--topo-order", "--reverse", ...range])),
    );
  }

  /** Newest first, optionally only those that touch a path. */
  async log(head: string, limit: number, path?: string): Promise<string[]> {
    const paths = path === undefined ? [] : ["--", `:(literal)${path}`];
    return lines(await this.git(["rev-list", `--max-count=${limit}`, head, ...paths]));
  }

  mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.#once(["base", a, b], async () => {
      const out = await this.git(["merge-base", a, b], { codes: [0, 1] });
      return out === "" ? undefined : out.trim();
    });
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    const run = await runGit(this.directory, ["merge-base", "--is-ancestor", ancestor, descendant], { codes: [0, 1] });
    return run.code === 0;
  }

  /** The tree of a merge; undefined when the two sides conflict. */
  async mergeTrees(ours: string, theirs: string): Promise<string | undefined> {
    const run = await runGit(this.directory, ["merge-tree", "--write-tree", ours, theirs], { codes: [0, 1] });
    return run.code === 0 ? lines(run.stdout.toString())[0] : undefined;
  }

  diff(from: string, to: string): Promise<FileChange[]> {
    return this.#once(["diff", from, to], () => readDiff((args) => this.git(args), from, to));
  }

  async #object(oid: string, type: "blob" | "commit"): Promise<Buffer> {
    const object = /^[0-9a-f]{40}$/.test(oid) ? await this.#objects.read(oid, Number.MAX_SAFE_INTEGER) : undefined;
    if (object?.content !== undefined && object.type === type) return object.content;
    throw new RemitError("git-failed", `the sandbox's repository has no ${type} ${oid}`);
  }

  /** Asks git once for what depends on nothing but ids. A name may stand for something else the next time, and so may a failure. */
  #once<T>(question: readonly [string, ...string[]], ask: () => Promise<T>): Promise<T> {
    const key = question.join(" ");
    const known = this.#said.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    if (!question.slice(1).every((id) => /^[0-9a-f]{40}$/.test(id))) return answer;
    this.#said.set(key, answer);
    answer.catch(() => this.#said.delete(key));
    const [oldest = ""] = this.#said.keys();
    if (this.#said.size > saidLimit) this.#said.delete(oldest);
    return answer;
  }
}

function gitDate(at: number): string {
  return `${Math.floor(at / 1000)} +0000`;
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
