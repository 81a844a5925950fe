/** What it takes to keep one writer from writing an image again, or why it can't be told to. */
import type { Candidate } from "../candidate.ts";
import type { FileEdit } from "../edit-files.ts";

export type Hold =
  | {
      readonly outcome: "held";
      /** Who is held, for people: `Flux image automation`. */
      readonly who: string;
      readonly edits: readonly FileEdit[];
      /** Whom else it holds for, where that isn't only the target. */
      readonly wide?: string;
    }
  /** `why`: a sentence that names the writer. */
  | { readonly outcome: "unheld"; readonly why: string };

export function unheld(why: string): Hold {
  return { outcome: "unheld", why };
}

/** A change with the images that it goes to. */
export interface Pinned {
  readonly candidate: Candidate;
  /** Without tag and digest, each once: `ghcr.io/acme/checkout`. Empty where the repository doesn't spell them out. */
  readonly names: readonly string[];
}
