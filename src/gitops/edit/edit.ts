/** Byte-exact changes of a file: proposed as splices, proved by two parsers, or refused with a reason. */
import type { Reason } from "../../reason.ts";
import type { FieldPath } from "../catalogue/catalogue.ts";

export type Edit = ScalarEdit | InsertEntry | RemoveEntry;

export interface ScalarEdit {
  readonly kind?: "replace";
  readonly document: number;
  readonly path: FieldPath;
  /** The value that must stand there now; anything else is refused. */
  readonly before: string;
  readonly after: string;
}

/** What an entry may hold. */
export type EntryValue =
  | string
  | number
  | boolean
  | null
  | readonly EntryValue[]
  | { readonly [key: string]: EntryValue };

/**
 * Adds a mapping's entry or, where the last step is the length of a sequence, an item. Missing parents are made: mappings, and
 * a sequence where the step below is 0.
 */
export interface InsertEntry {
  readonly kind: "insert";
  readonly document: number;
  readonly path: FieldPath;
  readonly value: EntryValue;
}

/** Takes an entry or an item away, with the lines that are its own. */
export interface RemoveEntry {
  readonly kind: "remove";
  readonly document: number;
  readonly path: FieldPath;
  /** What must stand there now, or it is refused: a scalar as it reads (`"3"` for 3), a collection with its types. */
  readonly before: string | readonly EntryValue[] | { readonly [key: string]: EntryValue };
}

export type EditResult =
  | { readonly outcome: "edited"; readonly text: string; readonly splices: readonly Splice[] }
  | { readonly outcome: "refused"; readonly reason: Reason };

/** Offsets in UTF-16 units of the text before. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}
