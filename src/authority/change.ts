/** What `decide` needs to know of a change, whoever made it: a candidate is one, and so is a diff that was classified. */
import type { FieldEffect, FileChange, LineEffect } from "../actions/candidate.ts";
import type { RenderedEffect } from "../actions/effect/rendered-effect.ts";
import type { Reason } from "../reason.ts";
import type { Target } from "../target.ts";

export interface Change {
  readonly action: string;
  readonly target: Target;
  /** Every target that it touches, where that is more than the one. */
  readonly targets?: readonly Target[];
  readonly files: readonly FileChange[];
  readonly effects?: readonly FieldEffect[];
  readonly lines?: readonly LineEffect[];
  /** undefined: nobody has looked. */
  readonly rendered?: RenderedEffect;
  /** 0 to 1. */
  readonly confidence: number;
  /** What a person should know first; each of them asks for one. */
  readonly risks: readonly Reason[];
}
