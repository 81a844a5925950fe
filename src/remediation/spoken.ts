import type { Target } from "../target.ts";

/** What a source speaks of: a target, and for an alert its name. */
export interface Spoken {
  readonly target: Target;
  readonly alert?: { readonly name: string | undefined };
}
