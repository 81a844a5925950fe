/** What running tests of runbooks needs from the machine: files to read, and a repository to make of them. */
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import type { ToldCommit } from "../gitops/mirror/write-history.ts";
import type { Tree } from "./told-commits.ts";

/** Paths are relative to the policy's directory, with `/`. */
export interface Workshop {
  /** undefined: there is no such file. */
  text(path: string): Promise<string | undefined>;
  /** Every plain file below a directory, by its path from there; undefined: there is no such directory. */
  tree(path: string): Promise<Tree | undefined>;
  /** The git directory at that path, as a mirror; undefined: it is none. */
  repository(path: string): Promise<OpenRepository | undefined>;
  /** A new repository of these commits, on top of one that is there. Closing it removes it. */
  build(
    commits: readonly ToldCommit[],
    on?: { readonly repository: OpenRepository; readonly revision: Revision },
  ): Promise<Mirror>;
}

export interface OpenRepository {
  readonly mirror: Mirror;
  /** Where it is on this machine. */
  readonly directory: string;
}
