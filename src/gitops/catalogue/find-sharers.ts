/** Which other targets one document's fields determine, too. */
import type { AssembledTarget } from "./assembled-target.ts";
import type { FieldPath } from "./catalogue.ts";
import { chainAround } from "./claim.ts";
import type { Holding } from "./find-holdings.ts";

interface Owner {
  readonly key: string;
  readonly environment: string | undefined;
  /** A claim's rank, less where the target is only a wider environment around the claim. */
  readonly rank: number;
  readonly chain: readonly string[];
}

/** Answers for a field's path, by targetKey. Fields below the same held parts get the same array. */
export function findSharers(
  self: AssembledTarget,
  holdings: readonly Holding[],
  document: number,
): (path: FieldPath) => readonly string[] {
  const parts = ownersByPart(holdings, document);
  const longest = Math.max(0, ...Array.from(parts.values(), ({ length }) => length));
  const answers = new Map<string, readonly string[]>();
  return (path) => {
    const around: Part[] = [];
    let [key, deepest] = ["", ""];
    for (let depth = 0; depth <= longest && depth <= path.length; depth++) {
      if (depth > 0) key += `${JSON.stringify(path[depth - 1])},`;
      const part = parts.get(key);
      if (part === undefined) continue;
      around.push(part);
      deepest = key;
    }
    const known = answers.get(deepest);
    if (known !== undefined) return known;
    const answer = sharers(
      self,
      around.flatMap(({ owners }) => owners),
    );
    answers.set(deepest, answer);
    return answer;
  };
}

interface Part {
  /** Of its path. */
  readonly length: number;
  readonly owners: Owner[];
}

function ownersByPart(holdings: readonly Holding[], document: number): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const { owner, claims } of holdings) {
    for (const claim of claims) {
      const { scope, rank } = claim;
      if (scope.document !== document) continue;
      const { environment } = owner.target;
      const key = scope.path.map((step) => `${JSON.stringify(step)},`).join("");
      const part = parts.get(key) ?? { length: scope.path.length, owners: [] };
      for (const place of claim.places) {
        const chain = chainAround(claim, place);
        part.owners.push({ key: owner.key, environment, rank: rankOf(rank, chain, environment), chain });
      }
      parts.set(key, part);
    }
  }
  return parts;
}

function rankOf(rank: number, chain: readonly string[], environment: string | undefined): number {
  return environment !== undefined && chain.length > 0 && chain.at(-1) !== environment ? rank - 0.5 : rank;
}

function sharers(self: AssembledTarget, holders: readonly Owner[]): readonly string[] {
  let [strongest, mine] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { key, rank } of holders) {
    if (rank > strongest) strongest = rank;
    if (key === self.key && rank > mine) mine = rank;
  }
  const { environment } = self.target;
  const shared = new Set<string>();
  for (const owner of holders) {
    if (owner.rank < strongest || owner.key === self.key) continue;
    // What is a part of this target itself isn't somebody else.
    const inside =
      owner.rank > mine &&
      (environment === undefined || owner.chain.includes(environment) || owner.environment === environment);
    if (!inside) shared.add(owner.key);
  }
  return [...shared].sort();
}
