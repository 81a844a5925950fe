/** Which targets hold parts of a file, and by which of their claims. */
import type { AssembledTarget } from "./assemble-targets.ts";
import type { Claim } from "./claim.ts";

export interface Holding {
  readonly owner: AssembledTarget;
  readonly claims: readonly Claim[];
}

/** The index is made when somebody first asks: two numbers for each file of a target. */
export function findHoldings(assembled: readonly AssembledTarget[]): (file: string) => readonly Holding[] {
  let index: ReadonlyMap<string, readonly number[]> | undefined;
  return (file) => {
    index ??= placesByFile(assembled);
    const places = index.get(file) ?? [];
    const holdings: Holding[] = [];
    for (let at = 0; at < places.length; at += 2) {
      const [owner, from = 0] = [assembled[places[at] ?? -1], places[at + 1]];
      if (owner !== undefined) holdings.push({ owner, claims: run(owner.claims, from) });
    }
    return holdings;
  };
}

/** Claims of one file stand together: its owner's index and the first of them, for each such run. */
function placesByFile(assembled: readonly AssembledTarget[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [owner, { claims }] of assembled.entries()) {
    let file: string | undefined;
    for (const [at, { scope }] of claims.entries()) {
      if (scope.file === file) continue;
      file = scope.file;
      const known = places.get(file);
      if (known === undefined) places.set(file, [owner, at]);
      else known.push(owner, at);
    }
  }
  return places;
}

function run(claims: readonly Claim[], from: number): readonly Claim[] {
  const file = claims[from]?.scope.file;
  let to = from + 1;
  while (to < claims.length && claims[to]?.scope.file === file) to += 1;
  return claims.slice(from, to);
}
