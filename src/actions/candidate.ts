/** An action bound to fields: the exact texts before and after. Built only by deterministic code in this room. */
import type { Instant } from "../clock.ts";
import type { Evidence } from "../diagnosis/diagnosis.ts";
import type { FieldPath, FieldRole } from "../gitops/catalogue/catalogue.ts";
import type { Reason } from "../reason.ts";
import type { Target } from "../target.ts";
import type { RenderedEffect } from "./effect/rendered-effect.ts";

export type ActionName = "rollback" | "scale" | "resize" | "flag" | "shift" | "restart" | "suspend";

export interface Candidate {
  readonly action: ActionName;
  readonly target: Target;
  /** What changes, field by field. Not the whole of it where `lines` is there. */
  readonly effects: readonly FieldEffect[];
  /** What changes, line by line, where lines are restored as text and not only values. */
  readonly lines?: readonly LineEffect[];
  /** The whole new text of each changed file. */
  readonly files: readonly FileChange[];
  /** One line that a person would have written: `roll back checkout in production to v1.4.2`. */
  readonly title: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Anything that a person should know before merging; lowers the tier where it says so. */
  readonly risks: readonly Reason[];
  readonly reasons: readonly Reason[];
  readonly evidence: readonly Evidence[];
  /** The commit that this takes back; undefined where it takes none back. */
  readonly suspect: string | undefined;
  /** Where it holds for a time only. */
  readonly lease?: Lease;
  /** What it does to the objects that are applied; undefined where nobody has looked. */
  readonly rendered?: RenderedEffect;
  /** Digest over the action, target, base texts and new texts: the same plan has the same digest. */
  readonly digest: string;
}

/** A mitigation that ends: what stood before it comes back then. */
export interface Lease {
  readonly expiresAt: Instant;
  /** One sentence. */
  readonly why: string;
  /** The only files that are taken back; all of the change without it. */
  readonly paths?: readonly string[];
}

export interface FieldEffect {
  readonly file: string;
  readonly document: number;
  readonly path: FieldPath;
  readonly line: number;
  readonly role: FieldRole;
  readonly before: string;
  readonly after: string;
}

/** Lines that go and lines that come in their place, without their endings; one of them may be empty. */
export interface LineEffect {
  readonly file: string;
  /** Where they start, 1-based, in the text before. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface FileChange {
  readonly path: string;
  /** undefined: the file isn't there and comes back. */
  readonly before: string | undefined;
  /** undefined: the file goes away. */
  readonly after: string | undefined;
}

export type ActionResult =
  | { readonly outcome: "candidate"; readonly candidate: Candidate }
  | { readonly outcome: "refused"; readonly reasons: readonly Reason[] };
