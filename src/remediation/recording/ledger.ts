/** The ledger as the reconciler needs it: what is announced is on its branch before it is done. */
import type { RecordFile } from "../../ledger/chain.ts";

export interface Ledger {
  /** Remit's version. */
  readonly software: string;
  /** Everything that waits is on the branch when it resolves, unless the answer is `refused`. Throws where it can be tried again. */
  flush(repository: string): Promise<Flushed>;
  /**
   * `flush` without a request of its own: whatever waits goes with the document that `send` sends, ahead of it. `send` is given nothing
   * where nothing waits or GitHub refuses, and answers whether the branch took it; where it didn't, the records follow at once.
   */
  carry<T>(repository: string, send: (append: LedgerAppend | undefined) => Promise<Carried<T>>): Promise<T>;
}

/** `refused`: GitHub takes nothing there, by the repository's rules or the App's permissions, and it is logged. What waits goes on waiting. */
export type Flushed = "nothing" | "written" | "refused";

export interface Carried<T> {
  readonly value: T;
  /** The commit on the ledger's branch; undefined: it had moved. */
  readonly appended: string | undefined;
}

/** One commit on the branch. */
export interface LedgerAppend {
  /** What the branch points at. */
  readonly parent: string;
  readonly headline: string;
  readonly files: readonly RecordFile[];
}

/** GitHub's side of it. Nothing here changes or deletes what is there. One request each, unless it says otherwise. */
export interface LedgerBranch {
  /** undefined: the branch is elsewhere, or nowhere. */
  append(append: LedgerAppend): Promise<string | undefined>;
  /** Makes the branch, with a first commit that has no parent. undefined: there is one already. Three requests. */
  begin(first: Omit<LedgerAppend, "parent">): Promise<string | undefined>;
  /** Puts a branch that somebody deleted back where it was. False: there is one already, or GitHub has forgotten the commit. */
  restore(head: string): Promise<boolean>;
  /** Those of the commits that Remit itself wrote, as GitHub tells it. One request for each hundred. */
  ours(commits: readonly string[]): Promise<ReadonlySet<string>>;
}
