/** Field note S26: is every place for a change taken? What is in the store and on GitHub counts once. */
import type { Place } from "./store.ts";

export function isTaken({ changesPerRepository, open }: Place, underWay: readonly string[]): boolean {
  return new Set([...underWay, ...open]).size >= changesPerRepository;
}
