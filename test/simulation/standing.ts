/** Which of Remit's mitigations are for a time only, read from main's own commits: none of it comes from the code that is judged. */

import { parseTrailers } from "../../src/ledger/trailers.ts";
import { type Component, kits, linesOf } from "./components.ts";
import { isOurs } from "./invariants/facts.ts";
import type { Service } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

/** Some lines of a service that Remit changed for a time. */
export interface Leased {
  readonly service: Service;
  readonly of: Component;
  readonly path: string;
  readonly commit: string;
  readonly expiresAt: number;
  /** What the lines said before, and what Remit made of them. */
  readonly before: string;
  readonly after: string;
}

/** Of the world's services' lines, those whose newest change up to there was a lease of Remit's. */
export function standing(simulation: Pick<Simulation, "github" | "has">, head: string): readonly Leased[] {
  return [...simulation.has].flatMap(([service, has]) =>
    has.flatMap((of) => leaseOf(simulation, head, service, of) ?? []),
  );
}

/** undefined where the lines' newest change is anybody else's, or for good. */
export function leaseOf(
  { github }: Pick<Simulation, "github">,
  head: string,
  service: Service,
  of: Component,
): Leased | undefined {
  const path = kits[of].file(service);
  const { objects } = github.git;
  const now = linesOf(of, github.text(head, path));
  for (let commit = head; ; ) {
    const [parent] = objects.commit(commit).parents;
    if (parent === undefined) return undefined;
    const same = objects.files(parent).get(path)?.oid === objects.files(commit).get(path)?.oid;
    const before = same ? now : linesOf(of, github.text(parent, path));
    if (before !== now) {
      const expiresAt = isOurs(github, commit) ? expiryOf(objects.commit(commit).message, path) : undefined;
      return expiresAt === undefined ? undefined : { service, of, path, commit, expiresAt, before, after: now };
    }
    commit = parent;
  }
}

function expiryOf(message: string, path: string): number | undefined {
  const trailers = parseTrailers(message);
  const paths = trailers.get("Remit-Lease-Paths");
  const expiresAt = Date.parse(trailers.get("Remit-Expires") ?? "");
  return Number.isNaN(expiresAt) || (paths !== undefined && !paths.includes(JSON.stringify(path)))
    ? undefined
    : expiresAt;
}
