/** Does the catalogue know what a person changed to restart, scale, suspend or switch something? */
import type { Catalogue, CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import type { Hunk } from "../gitops/mirror/mined-commit.ts";
import { rolesOf } from "./action-kind.ts";
import { affectedTarget } from "./affected-target.ts";
import type { ActionVerdict } from "./backtest-case.ts";
import type { FoundAction } from "./found-change.ts";

export interface KnownAction {
  readonly verdict: Exclude<ActionVerdict, "failed">;
  readonly entry: CatalogueTarget | undefined;
}

/** Pure. `catalogue` is of the state before. What was only added stood nowhere: then it is enough that a target has the place. */
export function knownAction(catalogue: Catalogue, { commit, kind, hunks }: FoundAction): KnownAction {
  const paths = commit.files.map(({ path }) => path);
  const entry = affectedTarget(catalogue, { paths, hunks });
  if (entry === undefined) return { verdict: "unknown", entry };
  const stood = hunks.filter(({ removed }) => removed.length > 0);
  const known = stood.every((hunk) => isKnown(entry.fields, hunk, paths[hunk.file], rolesOf[kind]));
  return { verdict: known ? "known" : "placed", entry };
}

/** Each line that went held a field of the role. */
function isKnown(fields: readonly Field[], hunk: Hunk, path: string | undefined, role: Field["role"]): boolean {
  const lines = new Set(
    fields.filter((field) => field.file === path && field.role === role).map((field) => field.line),
  );
  return hunk.removed.every((_, index) => lines.has(hunk.oldStart + index));
}
