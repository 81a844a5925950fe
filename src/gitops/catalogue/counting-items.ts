/** Which lists are lists of services: most of their items are called like services that the repository holds elsewhere, too. */
import type { Claim } from "./claim.ts";

/** Names of the items without a version, by list. */
export type WeakLists = ReadonlyMap<string, ReadonlySet<string>>;

/** An item without a version counts as one of a list of services, or not at all. */
export function isWeakItem(claim: Claim): boolean {
  return claim.rank === 0 && claim.object !== undefined && typeof claim.scope.path.at(-1) === "number";
}

/** Of all claims that one file makes. */
export function weakLists(claims: readonly Claim[]): WeakLists {
  const lists = new Map<string, Set<string>>();
  for (const claim of claims) {
    if (!isWeakItem(claim)) continue;
    const list = listOf(claim);
    lists.set(list, (lists.get(list) ?? new Set()).add(claim.service));
  }
  return lists;
}

/**
 * Leaves of one service's claims those that count; mostly that is all of them, and then they aren't even copied. `unitOf`: all
 * claims of a file. `isKnown`: does more than such an item speak of the service?
 */
export function countingItems(
  unitOf: (file: string) => readonly Claim[],
  isKnown: (service: string) => boolean,
): (claims: readonly Claim[]) => readonly Claim[] {
  const files = new Map<string, ReadonlySet<string>>();
  const listsOfServices = (file: string): ReadonlySet<string> => {
    const told = files.get(file) ?? countingLists(weakLists(unitOf(file)), isKnown);
    files.set(file, told);
    return told;
  };
  return (claims) => {
    if (!claims.some(isWeakItem)) return claims;
    return claims.flatMap((claim) => {
      if (!isWeakItem(claim)) return [claim];
      const counts = isKnown(claim.service) && listsOfServices(claim.scope.file).has(listOf(claim));
      return counts ? [{ ...claim, rank: 4 as const }] : [];
    });
  };
}

function countingLists(lists: WeakLists, isKnown: (service: string) => boolean): ReadonlySet<string> {
  const counting = new Set<string>();
  for (const [list, names] of lists) {
    const known = [...names].filter(isKnown).length;
    if (known >= 2 && known >= names.size / 2) counting.add(list);
  }
  return counting;
}

function listOf({ scope: { document, path } }: Claim): string {
  return JSON.stringify([document, ...path.slice(0, -1)]);
}
