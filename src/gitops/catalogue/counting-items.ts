/** Which lists are lists of services: most of their items are called like services that the repository holds elsewhere, too. */
import type { Claim } from "./claim.ts";

/** An item without a version counts as one of such a list, or not at all. Other claims are left as they are. */
export function countingItems(services: ReadonlyMap<string, readonly Claim[]>): (claim: Claim) => readonly Claim[] {
  const lists = new Map<string, { readonly all: Set<string>; readonly known: Set<string> }>();
  for (const [service, claims] of services) {
    const known = claims.some(({ rank }) => rank > 0);
    for (const claim of claims) {
      const list = listOf(claim);
      if (list === undefined) continue;
      const found = lists.get(list) ?? { all: new Set(), known: new Set() };
      lists.set(list, found);
      found.all.add(service);
      if (known) found.known.add(service);
    }
  }
  return (claim) => {
    const list = lists.get(listOf(claim) ?? "");
    if (list === undefined) return [claim];
    const { all, known } = list;
    const counts = known.size >= 2 && known.size >= all.size / 2 && known.has(claim.service);
    return counts ? [{ ...claim, rank: 4 }] : [];
  };
}

function listOf({ rank, object, scope: { file, document, path } }: Claim): string | undefined {
  if (rank !== 0 || object === undefined || typeof path.at(-1) !== "number") return undefined;
  return JSON.stringify([file, document, ...path.slice(0, -1)]);
}
