/** Which lists are lists of services: most of their items are called like services that the repository holds elsewhere, too. */
import type { Claim } from "./claim.ts";

/**
 * Of one service's claims those that count: an item without a version counts as one of such a list, or not at all. Other claims are
 * left as they are; mostly that is all of them, and then they aren't even copied.
 */
export function countingItems(
  services: ReadonlyMap<string, readonly Claim[]>,
): (claims: readonly Claim[]) => readonly Claim[] {
  const lists = new Map<string, { readonly all: Set<string>; readonly known: Set<string> }>();
  for (const [service, claims] of services) {
    const items = claims.filter(isItem);
    if (items.length === 0) continue;
    const known = claims.some(({ rank }) => rank > 0);
    for (const claim of items) {
      const list = listOf(claim);
      const found = lists.get(list) ?? { all: new Set(), known: new Set() };
      lists.set(list, found);
      found.all.add(service);
      if (known) found.known.add(service);
    }
  }
  const counts = (claim: Claim): boolean => {
    const list = lists.get(listOf(claim));
    if (list === undefined) return true;
    const { all, known } = list;
    return known.size >= 2 && known.size >= all.size / 2 && known.has(claim.service);
  };
  return (claims) => {
    if (!claims.some(isItem)) return claims;
    return claims.flatMap((claim) => {
      if (!isItem(claim)) return [claim];
      return counts(claim) ? [{ ...claim, rank: 4 as const }] : [];
    });
  };
}

function isItem({ rank, object, scope: { path } }: Claim): boolean {
  return rank === 0 && object !== undefined && typeof path.at(-1) === "number";
}

function listOf({ scope: { file, document, path } }: Claim): string {
  return JSON.stringify([file, document, ...path.slice(0, -1)]);
}
