/** What a diff really does, change by change. */
import type { FieldPath, FieldRole } from "../../gitops/catalogue/catalogue.ts";
import type { Reason } from "../../reason.ts";
import type { Target } from "../../target.ts";

export type DiffChangeKind =
  | "value-set"
  | "key-added"
  | "key-removed"
  | "object-added"
  | "object-removed"
  | "file-added"
  | "file-removed"
  | "file-renamed"
  | "mode-changed"
  | "symlink"
  | "submodule"
  /** The bytes differ and no value does: comments, order, quotes, white space. */
  | "layout"
  /** No parser says what it does. */
  | "unclassified";

export interface DiffChange {
  readonly kind: DiffChangeKind;
  readonly file: string;
  /** 1-based, in the text after (before, for what goes). */
  readonly line: number | undefined;
  /** Of the object that it stands in. */
  readonly object: string | undefined;
  readonly path: FieldPath;
  readonly role: FieldRole | undefined;
  /** As written; untrusted text. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** All that it determines at either side of the diff, by the catalogues; empty where none is known. */
  readonly targets: readonly Target[];
}

export interface DiffClassification {
  readonly changes: readonly DiffChange[];
  readonly files: number;
  /** Added or removed, whichever is more, over all files that could be read. */
  readonly lines: number;
  /** What no policy can allow. */
  readonly denied: readonly Reason[];
  /** What can't be told for sure: a person reads it. */
  readonly unclear: readonly Reason[];
  /** Why going back wouldn't undo it. */
  readonly hazards: readonly Reason[];
  /** Every target that it touches, in order of their names. */
  readonly targets: readonly Target[];
}
