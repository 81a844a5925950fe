/** A GitHub repository on this machine: a bare partial clone, brought up to date by fetching branches. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { GitReader } from "./git-reader.ts";
import type { Mirror } from "./mirror.ts";
import { readingSide } from "./reading-side.ts";
import { type Remote, RemoteGit } from "./remote-git.ts";
import { requireHead } from "./require-head.ts";
import { safeBranch } from "./safe-branch.ts";
import { Turnstile } from "./turnstile.ts";

export { openLocalMirror } from "./open-local-mirror.ts";

export interface MirrorOptions extends Remote {
  /** Where the clone lives; made where it doesn't exist, kept between runs. */
  readonly directory: string;
  /** `owner/name`. */
  readonly repository: string;
}

/**
 * Clones what isn't there yet and fetches. Throws RemitError config-invalid for a URL that it won't talk to and git-failed
 * where the remote can't be read.
 */
export async function openMirror(options: MirrorOptions): Promise<Mirror> {
  const gitDirectory = resolve(options.directory);
  await mkdir(gitDirectory, { recursive: true });
  const remote = new RemoteGit(gitDirectory, options);
  const turns = new Turnstile();
  await remote.prepare();
  const reader = new GitReader(gitDirectory, (objects) => turns.take(() => remote.fetchObjects(objects)));
  const graphs = new Turnstile();
  // In the background: history answers the same without it, only later. A failed attempt is made up for by the next one.
  const writeGraph = graphs.shared(() => remote.writeCommitGraph().catch(() => {}));
  const fetch = turns.shared(async () => {
    await remote.fetchBranches();
    void writeGraph();
  });
  await fetch();
  return {
    repository: options.repository,
    async fetch(commit) {
      await fetch();
      if (commit !== undefined && !(await reader.has(commit))) await turns.take(() => remote.fetchCommit(commit));
    },
    head: () => requireHead(reader),
    branchHead: async (branch) => (safeBranch(branch) ? reader.resolve(`refs/heads/${branch}`) : undefined),
    ...readingSide(reader),
    async close() {
      await graphs.take(async () => {});
      await reader.close();
    },
  };
}
