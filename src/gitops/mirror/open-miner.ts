/** Looks through the history of a git directory in bulk: one stream of commits, one of patches. Read-only, no network. */
import { resolve } from "node:path";
import type { Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { assertRevision } from "./assert-revision.ts";
import { findRepository, wholeHistory } from "./find-repository.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { Hunk, MinedCommit, MinedPatch } from "./mined-commit.ts";
import type { Revision } from "./mirror.ts";
import { logFormat } from "./parse-log.ts";
import { parseMinedLog } from "./parse-mined-log.ts";
import { parsePatches, patchMark } from "./parse-patches.ts";
import { runGit } from "./run-git.ts";
import { webAddress } from "./web-address.ts";

export interface Miner {
  /** First-parent commits in the window, newest first, at most `limit`. Git stops at the first that are older. */
  commits(revision: Revision, window: MiningWindow): Promise<readonly MinedCommit[]>;
  /** These commits, in their order. */
  each(commits: readonly Revision[]): Promise<readonly MinedCommit[]>;
  /** The changed lines of commits against their first parents, by id. */
  patches(commits: readonly Revision[]): Promise<ReadonlyMap<Revision, MinedPatch>>;
  /** The places at which two blobs differ; undefined where git can't tell lines. */
  between(before: string, after: string): Promise<readonly Hunk[] | undefined>;
  /** What `git diff` with `patchFileOptions` says of two commits. */
  patchFile(before: Revision, after: Revision): Promise<Uint8Array>;
  /** `https://github.com/owner/name` where the repository was cloned from, without credentials; undefined where that isn't a web address. */
  address(): Promise<string | undefined>;
}

export interface MiningWindow {
  /** Committed at or after. */
  readonly since: Instant;
  readonly until?: Instant;
  readonly limit?: number;
}

/** Ids on one command line. */
const batchSize = 1_000;
const diffOptions = [
  "--no-renames",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-indent-heuristic",
  "--diff-algorithm=myers",
  "--ignore-submodules=none",
];
const commitOptions = ["--first-parent", "-z", "--raw", "--no-abbrev", `--format=${logFormat}`, ...diffOptions];
const patchOptions = ["--patch", "--unified=0", "--inter-hunk-context=0", "--submodule=short", ...diffOptions];

/** Whatever somebody has configured, they give the same bytes. */
export const patchFileOptions: readonly string[] = [
  ...diffOptions,
  "--full-index",
  "--unified=3",
  "--inter-hunk-context=0",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

/** Takes what `openLocalMirror` takes. Throws RemitError git-failed where there is no repository, or only a part of its history. */
export async function openMiner(gitDirectory: string): Promise<Miner> {
  const found = await findRepository(gitDirectory);
  if (found.isShallow)
    throw new RemitError("git-failed", `${resolve(gitDirectory)} holds only a part of its history: ${wholeHistory}`);
  const environment = gitEnvironment(found.gitDirectory, [
    // Larger files are binary to git then, so that no diff of them is computed.
    ["core.bigFileThreshold", "1m"],
    ["core.quotePath", "true"],
  ]);
  const git = async (args: readonly string[], answers: readonly number[] = []) =>
    (await runGit(args, { environment, answers })).stdout;
  return {
    async commits(revision, { since, until, limit }) {
      const args = ["log", ...commitOptions];
      args.push(`--max-age=${Math.max(0, Math.ceil(since / 1000))}`);
      if (until !== undefined) args.push(`--min-age=${Math.max(0, Math.floor(until / 1000))}`);
      if (limit !== undefined) args.push(`--max-count=${Math.max(0, Math.floor(limit))}`);
      args.push("--end-of-options", assertRevision(revision), "--");
      return parseMinedLog((await git(args)).toString("utf8"));
    },
    async each(commits) {
      const found: MinedCommit[] = [];
      for (const ids of batches(commits)) {
        const args = ["log", "--no-walk=unsorted", ...commitOptions, "--end-of-options", ...ids, "--"];
        found.push(...parseMinedLog((await git(args)).toString("utf8")));
      }
      return found;
    },
    async patches(commits) {
      const patches = new Map<Revision, MinedPatch>();
      for (const ids of batches(commits)) {
        const args = ["log", "--no-walk=unsorted", "--first-parent", `--format=${patchMark}`, ...patchOptions];
        const output = await git([...args, "--end-of-options", ...ids, "--"]);
        for (const [id, patch] of parsePatches(output.toString("latin1"))) patches.set(id, patch);
      }
      return patches;
    },
    async between(before, after) {
      const args = ["diff", ...patchOptions, "--end-of-options", assertRevision(before), assertRevision(after)];
      const mark = `commit ${"0".repeat(40)}\n`;
      const [patch] = parsePatches(mark + (await git(args)).toString("latin1")).values();
      return patch === undefined || patch.binary ? undefined : patch.hunks;
    },
    patchFile: (before, after) =>
      git(["diff", ...patchFileOptions, "--end-of-options", assertRevision(before), assertRevision(after), "--"]),
    async address() {
      const url = await git(["config", "--get", "remote.origin.url"], [1]);
      return webAddress(url.toString("utf8").trim());
    },
  };
}

function* batches(commits: readonly Revision[]): Generator<readonly Revision[]> {
  for (let at = 0; at < commits.length; at += batchSize) yield commits.slice(at, at + batchSize).map(assertRevision);
}
