import type { FieldPath, FieldRole } from "../../gitops/catalogue/catalogue.ts";

/** A difference between two texts of one file, by what it means and not by its lines. */
export interface TextChange {
  readonly kind: "value-set" | "key-added" | "key-removed" | "object-added" | "object-removed";
  /** In the text before; of an object that is added, in the text after. */
  readonly document: number;
  /** In the text before; of what is added, in the text after. */
  readonly path: FieldPath;
  /** The end of the path, from the object on that it stands in. */
  readonly inObject: FieldPath;
  /** 1-based, in the text after; in the text before for what is removed. */
  readonly line: number;
  /** As `documentKind` tells. */
  readonly objectKind: string | undefined;
  /** `Deployment/checkout`. */
  readonly object: string | undefined;
  readonly role: FieldRole;
  /** As it is written, or what it holds. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}
