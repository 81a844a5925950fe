/** One commit of a fixture's history, as a person tells it: what changed since the commit before. */
import type { Instant } from "../clock.ts";
import type { Person } from "../gitops/mirror/mirror.ts";

export interface ToldChange {
  readonly at: Instant;
  readonly author: Person;
  readonly message: string;
  /** Each `from` stands exactly once in its file. In this order. */
  readonly replace: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** A directory whose files are laid over the tree; relative to the test's file. */
  readonly files: string | undefined;
  readonly remove: readonly string[];
}
