/** One name's hold on one part of a file, wherever that ends up. Targets are made of claims. */
import type { Scope } from "./catalogue.ts";

export interface Claim {
  readonly service: string;
  readonly scope: Scope;
  readonly rank: ClaimRank;
  /** Of an object that is something by itself: its kind and name. Two of them far apart are two things. */
  readonly object: string | undefined;
  /** At least one; many claims share a list. */
  readonly places: readonly ClaimPlace[];
}

/** Where a part of a file ends up. */
export interface ClaimPlace {
  /** Environments around it, from the outermost to the innermost; empty where none is known. */
  readonly chain: readonly string[];
  readonly namespace: string | undefined;
  /** What is put around names there. */
  readonly prefix: string;
  readonly suffix: string;
}

/** How surely the name means this part: 4 an item's own name, 3 the object's name, 2 another name of it, 1 a directory, 0 only if others say so. */
export type ClaimRank = 0 | 1 | 2 | 3 | 4;

/** `integration/integration`: a name isn't the environment of itself. */
export function chainAround({ service }: Pick<Claim, "service">, { chain }: ClaimPlace): readonly string[] {
  return chain.includes(service) ? chain.filter((word) => word !== service) : chain;
}

export function sameClaims(a: readonly Claim[], b: readonly Claim[]): boolean {
  return sameList(a, b, sameClaim);
}

function sameClaim(a: Claim, b: Claim): boolean {
  if (a === b) return true;
  if (a.service !== b.service || a.rank !== b.rank || a.object !== b.object) return false;
  return sameScope(a.scope, b.scope) && sameList(a.places, b.places, samePlace);
}

function sameScope(a: Scope, b: Scope): boolean {
  return a === b || (a.file === b.file && a.document === b.document && sameList(a.path, b.path, Object.is));
}

function samePlace(a: ClaimPlace, b: ClaimPlace): boolean {
  if (a === b) return true;
  const alike = a.namespace === b.namespace && a.prefix === b.prefix && a.suffix === b.suffix;
  return alike && sameList(a.chain, b.chain, Object.is);
}

function sameList<T extends object | string | number>(
  a: readonly T[],
  b: readonly T[],
  same: (one: T, other: T) => boolean,
): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((item, at) => {
    const other = b[at];
    return other !== undefined && same(item, other);
  });
}
