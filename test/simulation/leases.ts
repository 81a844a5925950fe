/** What Remit did for a time only, read from main's own commits: none of it comes from the code that is judged. */
import { parseTrailers } from "../../src/ledger/trailers.ts";
import { type AilmentName, ailments, linesOf } from "./ailments.ts";
import { isOurs } from "./invariants/facts.ts";
import type { Service } from "./shop.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

/** One commit's change of some lines of a service. */
export interface LineChange {
  readonly service: Service;
  readonly of: AilmentName;
  readonly path: string;
  readonly commit: string;
  readonly before: string;
  readonly after: string;
  readonly ours: boolean;
}

export interface Lease extends LineChange {
  readonly expiresAt: number;
}

type Has = ReadonlyMap<Service, readonly AilmentName[]>;

/** Newest first. */
export function leasesOf(github: SimulatedGitHub, has: Has, head: string): readonly Lease[] {
  return lineChanges(github, has, head).flatMap((change) => {
    const expiresAt = change.ours ? expiryOf(github, change.commit) : undefined;
    return expiresAt === undefined ? [] : [{ ...change, expiresAt }];
  });
}

/** What ever happened to the lines that the services' ailments are about, newest first. */
export function lineChanges(github: SimulatedGitHub, has: Has, head: string): readonly LineChange[] {
  const { objects } = github.git;
  const changes: LineChange[] = [];
  for (let commit = head; ; ) {
    const [parent] = objects.commit(commit).parents;
    if (parent === undefined) return changes;
    for (const [service, names] of has) {
      for (const of of names) {
        const path = ailments[of].file(service);
        if (objects.files(parent).get(path)?.oid === objects.files(commit).get(path)?.oid) continue;
        const [before, after] = [parent, commit].map((at) => linesOf(of, github.text(at, path)));
        if (before === undefined || after === undefined || before === after) continue;
        changes.push({ service, of, path, commit, before, after, ours: isOurs(github, commit) });
      }
    }
    commit = parent;
  }
}

function expiryOf(github: SimulatedGitHub, commit: string): number | undefined {
  const expiresAt = Date.parse(parseTrailers(github.git.objects.commit(commit).message).get("Remit-Expires") ?? "");
  return Number.isNaN(expiresAt) ? undefined : expiresAt;
}
