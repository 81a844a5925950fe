/** What the invariants read from the repository by themselves: none of it comes from the code that they judge. */
import { parseTrailers } from "../../../src/ledger/trailers.ts";
import type { SimulatedGitHub } from "../simulated-github.ts";

/** A commit that Remit made, by its trailers and GitHub's signature. */
export interface RemitCommit {
  readonly oid: string;
  readonly parent: string | undefined;
  readonly at: number;
  readonly incident: string;
  readonly action: string;
  /** `checkout/production` */
  readonly target: string;
  readonly service: string;
  readonly candidate: string;
  /** As it was merged, or decided before that. */
  readonly tier: string;
  readonly policy: string;
}

export function remitCommit(github: SimulatedGitHub, oid: string): RemitCommit | undefined {
  const commit = github.git.objects.commit(oid);
  if (!isOurs(github, oid)) return undefined;
  const trailers = parseTrailers(commit.message);
  const word = (name: string) => trailers.get(`Remit-${name}`) ?? "";
  return {
    oid,
    parent: commit.parents[0],
    at: commit.committer.at,
    incident: word("Incident"),
    action: word("Action"),
    target: word("Target"),
    service: word("Target").split("/")[0] ?? "",
    candidate: word("Candidate"),
    tier: word("Tier"),
    policy: word("Policy"),
  };
}

export function isOurs(github: SimulatedGitHub, oid: string): boolean {
  return github.world.signed.has(oid) && github.git.objects.commit(oid).author.name === "remit[bot]";
}

/** Remit's commits on main up to there, newest first. */
export function remitHistory(github: SimulatedGitHub, head: string): RemitCommit[] {
  const found: RemitCommit[] = [];
  for (let at: string | undefined = head; at !== undefined; at = github.git.objects.commit(at).parents[0]) {
    const commit = remitCommit(github, at);
    if (commit !== undefined) found.push(commit);
  }
  return found;
}

/** Commits between a head and what is known already. */
export function newCommits(github: SimulatedGitHub, head: string, known: ReadonlySet<string>): string[] {
  return [...github.git.objects.ancestors(head)].filter((oid) => !known.has(oid));
}

export function changedPaths(github: SimulatedGitHub, from: string | undefined, to: string): string[] {
  const { objects } = github.git;
  const before = from === undefined ? new Map() : objects.files(from);
  const after = objects.files(to);
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path)?.oid !== after.get(path)?.oid || before.get(path)?.mode !== after.get(path)?.mode,
  );
}
