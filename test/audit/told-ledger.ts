/** A ledger as a list of commits that a test may tamper with before git sees it. */
import { chain, emptyTip, type LedgerTip, type RecordFile } from "../../src/ledger/chain.ts";
import { type LedgerEntry, ledgerBranch } from "../../src/ledger/ledger-record.ts";
import type { GitRepository } from "../gitops/git-repository.ts";

export interface ToldCommit {
  /** ISO 8601. */
  readonly at: string;
  readonly files: readonly ToldFile[];
}

export interface ToldFile extends Pick<RecordFile, "path"> {
  /** undefined: the commit removes it. */
  readonly text: string | undefined;
  readonly mode?: string;
}

/** Each commit holds the entries that were written together, committed at the time of the last. */
export function honestLedger(batches: readonly (readonly LedgerEntry[])[], from: LedgerTip = emptyTip): ToldCommit[] {
  let tip = from;
  return batches.map((entries) => {
    const chained = chain(entries, tip);
    tip = chained.tip;
    return { at: entries.at(-1)?.time ?? "", files: chained.files };
  });
}

/** Puts the commits on the ledger's branch in place of whatever is there. Returns the tip's id. */
export function writeLedger(repository: GitRepository, commits: readonly ToldCommit[], branch = ledgerBranch): string {
  const parts: string[] = [`reset refs/heads/${branch}`];
  for (const [index, { at, files }] of commits.entries()) {
    const who = `Remit <remit@example.com> ${Math.floor(Date.parse(at) / 1000)} +0000`;
    parts.push(`commit refs/heads/${branch}\nmark :${index + 1}\ncommitter ${who}\ndata 6\nRecord`);
    if (index > 0) parts.push(`from :${index}`);
    for (const { path, text, mode = "100644" } of files)
      parts.push(
        text === undefined ? `D ${path}` : `M ${mode} inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}`,
      );
  }
  repository.git("update-ref", "-d", `refs/heads/${branch}`);
  repository.import(`${parts.join("\n")}\ndone\n`);
  return repository.git("rev-parse", branch);
}

/** The honest ledger with one file told differently. */
export function withFile(
  commits: readonly ToldCommit[],
  path: string,
  change: (file: ToldFile) => readonly ToldFile[],
): ToldCommit[] {
  return commits.map(({ at, files }) => ({
    at,
    files: files.flatMap((file) => (file.path === path ? change(file) : [file])),
  }));
}
