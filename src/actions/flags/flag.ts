/** A feature flag in a target's files, and what a format has to know about its flags. */
import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";
import type { EntryValue } from "../../gitops/edit/edit.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { Reason } from "../../reason.ts";

export interface FlagFormat {
  /** Every flag of a document. `kind`: of a Kubernetes object. */
  readonly flagsIn: (root: YamlNode, kind: string | undefined) => readonly FoundFlag[];
  /** `state`: `on`, `off` or a variant's name. Never a guess: refused where what the flag would return isn't certain. */
  readonly change: (flag: FoundFlag, state: string) => FlagChange;
}

export interface FoundFlag {
  readonly name: string;
  /** Of what the flag is made of, in its document. */
  readonly path: FieldPath;
  readonly node: YamlNode;
  /** Flipt's: the same key may be in several. */
  readonly namespace?: string | undefined;
}

export type FlagChange =
  | {
      readonly outcome: "change";
      readonly edits: readonly FlagEdit[];
      readonly risks: readonly Reason[];
      readonly reasons: readonly Reason[];
    }
  | { readonly outcome: "refused"; readonly reasons: readonly Reason[] };

/** Paths begin at the document's root. */
export type FlagEdit =
  | { readonly kind: "set"; readonly path: FieldPath; readonly after: string }
  | { readonly kind: "insert"; readonly path: FieldPath; readonly value: EntryValue };
