/** One name's hold on one part of a file. Targets are made of claims. */
import type { Scope } from "./catalogue.ts";

export interface Claim {
  readonly service: string;
  /** Environments around it, from the outermost to the innermost; empty where none is known. */
  readonly chain: readonly string[];
  readonly namespace: string | undefined;
  readonly scope: Scope;
  readonly rank: ClaimRank;
  /** Of an object that is something by itself: its kind and name. Two of them far apart are two things. */
  readonly object: string | undefined;
  /** What the object is called where it runs, if that differs. */
  readonly runsAs?: string | undefined;
}

/** How surely the name means this part: 4 an item's own name, 3 the object's name, 2 another name of it, 1 a directory, 0 only if others say so. */
export type ClaimRank = 0 | 1 | 2 | 3 | 4;
