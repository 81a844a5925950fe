/** A byte-exact change of one scalar: proposed as a splice, proved by two parsers, or refused with a reason. */
import type { Reason } from "../../reason.ts";
import type { FieldPath } from "../catalogue/catalogue.ts";

export interface ScalarEdit {
  readonly document: number;
  readonly path: FieldPath;
  /** The value that must stand there now; anything else is refused. */
  readonly before: string;
  readonly after: string;
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
