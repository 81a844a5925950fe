/** The network side of a mirror: simple-git with fixed arguments; the token only ever in the child's environment. */
import { type SimpleGit, simpleGit } from "simple-git";
import { RemitError } from "../../errors.ts";
import { assertRevision } from "./assert-revision.ts";
import { gitEnvironment } from "./git-environment.ts";
import { remoteUrl } from "./remote-url.ts";
import { safeBranch } from "./safe-branch.ts";

export interface Remote {
  /** `https://…` or `file:///…`; `http://` for loopback hosts only. Without user or password. */
  readonly url: string;
  /** An installation token, or a whole Authorization header value such as `Basic …`; asked for before each contact. */
  readonly authorization?: () => Promise<string>;
  /** Leave file contents on the remote until they are needed, where it can do that. Default true. */
  readonly partial?: boolean;
}

type ConfigEntry = readonly [key: string, value: string];

/** A remote that says nothing for this long is given up. */
const silenceMs = 120_000;
const heads = "+refs/heads/*:refs/heads/*";

/** Brings objects and nothing else: no tags, no reference, no work in the background. */
const quietFetch = [
  "--no-tags",
  "--no-write-fetch-head",
  "--no-recurse-submodules",
  "--no-auto-maintenance",
  "--progress",
] as const;

export class RemoteGit {
  readonly #gitDirectory: string;
  readonly #url: URL;
  readonly #remote: Remote;

  constructor(gitDirectory: string, remote: Remote) {
    this.#gitDirectory = gitDirectory;
    this.#url = remoteUrl(remote.url);
    this.#remote = remote;
  }

  /** Makes the bare repository where there is none. */
  async prepare(): Promise<void> {
    await this.#run(["init", "--bare", "--quiet"]);
  }

  /**
   * Brings all branches up to date, forgets deleted ones, and sets HEAD to the head of the default branch. HEAD is a commit and no
   * branch's name, so whatever fails here leaves it where it was, even when the branch of then is gone.
   */
  async fetchBranches(): Promise<void> {
    const branch = await this.#defaultBranch();
    const filter = this.#partial ? ["--filter=blob:none"] : [];
    const quiet = ["--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--progress"];
    await this.#run(["fetch", "--prune", ...quiet, ...filter, "--end-of-options", "origin", heads]);
    if (branch === undefined) return;
    const head = await this.#run(["for-each-ref", "--format=%(objectname)", `refs/heads/${branch}`]);
    // Renamed since it was asked for, or without a commit yet: the next fetch knows more.
    if (head !== "") await this.#run(["update-ref", "--no-deref", "HEAD", assertRevision(head.trim())]);
  }

  async #defaultBranch(): Promise<string | undefined> {
    const answer = await this.#run(["ls-remote", "--symref", "--end-of-options", "origin", "HEAD"]);
    const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(answer)?.[1];
    return branch !== undefined && safeBranch(branch) ? branch : undefined;
  }

  /**
   * Writes down which paths each commit touches (git's changed-path filters), so that a file's history is found without walking
   * all others. Only new commits cost time; a mirror without it answers the same, later.
   */
  async writeCommitGraph(): Promise<void> {
    await this.#run(["commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress"]);
  }

  /** Blobs that the partial clone left behind, all in one request. */
  async fetchObjects(objects: readonly string[]): Promise<void> {
    const args = ["fetch", ...quietFetch, "--filter=blob:none", "--stdin", "--end-of-options", "origin"];
    await this.#run(args, [["fetch.negotiationAlgorithm", "noop"]], `${objects.join("\n")}\n`);
  }

  /** A commit that may be on no branch: a pull request's from a fork. What is here already isn't sent again. */
  async fetchCommit(commit: string): Promise<void> {
    const filter = this.#partial ? ["--filter=blob:none"] : [];
    await this.#run(["fetch", ...quietFetch, ...filter, "--end-of-options", "origin", assertRevision(commit)]);
  }

  get #partial(): boolean {
    return this.#remote.partial ?? true;
  }

  async #run(args: readonly string[], config: readonly ConfigEntry[] = [], input?: string): Promise<string> {
    const header = await this.#authorizationHeader();
    const environment = gitEnvironment(this.#gitDirectory, [...this.#config(header), ...config]);
    try {
      return await this.#client(environment, input).raw([...args]);
    } catch (cause) {
      throw new RemitError("git-failed", `git ${args[0]} failed: ${complaint(cause, header)}`);
    }
  }

  #config(header: string | undefined): ConfigEntry[] {
    const config: ConfigEntry[] = [
      [`protocol.${this.#url.protocol.slice(0, -1)}.allow`, "always"],
      ["remote.origin.url", this.#url.href],
      ["http.lowSpeedLimit", "1"],
      ["http.lowSpeedTime", String(silenceMs / 1000)],
    ];
    // Only while fetching does git know that contents may be elsewhere: a reader then says "missing" instead of fetching one by one.
    if (this.#partial)
      config.push(["remote.origin.promisor", "true"], ["remote.origin.partialclonefilter", "blob:none"]);
    if (header !== undefined) config.push([`http.${this.#url.origin}/.extraHeader`, `Authorization: ${header}`]);
    return config;
  }

  #client(environment: Record<string, string>, input: string | undefined): SimpleGit {
    return simpleGit({
      baseDir: this.#gitDirectory,
      allowEnvironment: Object.keys(environment),
      timeout: { block: silenceMs },
      ...(input === undefined ? {} : { input: () => input }),
      // All of these settings are our own constants, and stricter than git's defaults.
      unsafe: {
        allowUnsafeConfigEnvCount: true,
        allowUnsafeConfigPaths: true,
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafeProtocolOverride: true,
      },
    }).env(environment);
  }

  async #authorizationHeader(): Promise<string | undefined> {
    if (this.#remote.authorization === undefined || this.#url.protocol === "file:") return undefined;
    const secret = await this.#remote.authorization();
    if (!/^[\x20-\x7e]+$/.test(secret))
      throw new RemitError("config-invalid", "the git authorization holds characters that a header can't");
    if (secret.includes(" ")) return secret;
    return `Basic ${Buffer.from(`x-access-token:${secret}`).toString("base64")}`;
  }
}

/** git's own words without the secret, in case a remote or a proxy repeats it. */
function complaint(cause: unknown, header: string | undefined): string {
  let text = cause instanceof Error ? cause.message : "unknown failure";
  const credential = header?.slice(header.indexOf(" ") + 1);
  for (const secret of secretsOf(credential)) text = text.replaceAll(secret, "***");
  const lines = text.split(/[\r\n]+/).filter((line) => /^(?:fatal|error|remote):/.test(line));
  return (lines.length > 0 ? lines.join("; ") : text.trim()).slice(0, 500);
}

function secretsOf(credential: string | undefined): string[] {
  if (credential === undefined || credential === "") return [];
  const plain = Buffer.from(credential, "base64").toString("latin1");
  return [credential, plain, plain.slice(plain.indexOf(":") + 1)].filter((secret) => secret.length >= 4);
}
