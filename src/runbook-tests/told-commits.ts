/** A fixture as commits: its tree with the policy that is tested, then what happened on top of it, each at its time. */
import { digest } from "../digest.ts";
import type { ToldCommit } from "../gitops/mirror/write-history.ts";
import { formatTrailers } from "../ledger/trailers.ts";
import type { ToldRemediation } from "./parse-ledger.ts";
import type { ToldChange } from "./told-change.ts";

export type Tree = ReadonlyMap<string, Uint8Array>;

export interface Fixture {
  readonly tree: Tree;
  readonly at: number;
  readonly changes: readonly (ToldChange & { readonly laid: Tree })[];
  readonly remediations: readonly ToldRemediation[];
}

/** Long before whatever is told: a suspect is never older than two weeks. */
const stoodMs = 30 * 24 * 60 * 60_000;
const founder = { name: "Fixture", email: "fixture@example.com" };
const remit = { name: "remit[bot]", email: "remit[bot]@users.noreply.github.com" };

/** Or, in words, why the history doesn't fit the tree. */
export function toldCommits({ tree, at, changes, remediations }: Fixture): readonly ToldCommit[] | string {
  const first = Math.min(at, ...changes.map((change) => change.at), ...remediations.map((told) => told.at));
  const commits: ToldCommit[] = [
    { at: first - stoodMs, author: founder, message: "What stands", files: tree },
    ...remediations.map(remediationCommit),
  ];
  const now = new Map(tree);
  for (const change of changes) {
    const files = changedFiles(now, change);
    if (typeof files === "string") return files;
    for (const [path, bytes] of files) {
      if (bytes === undefined) now.delete(path);
      else now.set(path, bytes);
    }
    commits.push({ at: change.at, author: change.author, message: change.message, files });
  }
  const late = commits.some((commit) => commit.at > at);
  return late ? "the history or the ledger tells what happened after `at`" : commits.toSorted((a, b) => a.at - b.at);
}

function changedFiles(now: Tree, { laid, remove, replace }: ToldChange & { readonly laid: Tree }) {
  const files = new Map<string, Uint8Array | undefined>(laid);
  for (const path of remove) {
    if (!now.has(path)) return `the history removes ${path}, which isn't there`;
    files.set(path, undefined);
  }
  for (const { file, from, to } of replace) {
    const bytes = files.get(file) ?? now.get(file);
    if (bytes === undefined) return `the history changes ${file}, which isn't there`;
    const parts = Buffer.from(bytes).toString("utf8").split(from);
    if (parts.length !== 2) return `what the history replaces stands ${parts.length - 1} times in ${file}, not once`;
    files.set(file, Buffer.from(parts.join(to), "utf8"));
  }
  return files;
}

/** As Remit's own merge would stand in the history; the files don't matter to whoever counts. */
function remediationCommit(told: ToldRemediation): ToldCommit {
  const trailers = formatTrailers({
    "Remit-Incident": told.incident,
    "Remit-Action": told.action,
    "Remit-Target": told.target,
    "Remit-Tier": "merge",
    "Remit-Candidate": digest(told),
    "Remit-Runbook": told.runbook,
  });
  return { at: told.at, author: remit, message: `Remediate ${told.target}\n\n${trailers}\n`, files: new Map() };
}
