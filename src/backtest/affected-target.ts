/** Which target an alert would have been about: the one whose fields the person changed. Known from the repository alone. */

import type { Catalogue, CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import { pathStartsWith } from "../gitops/catalogue/path-starts-with.ts";
import { environmentGroup } from "../gitops/catalogue/words.ts";
import type { Hunk } from "../gitops/mirror/mined-commit.ts";
import { targetKey } from "../target.ts";

export interface ChangedPlaces {
  readonly paths: readonly string[];
  /** Their `file` is an index into `paths`. */
  readonly hunks: readonly Hunk[];
}

/**
 * Pure. First whose fields stand on the changed lines, then who is only a part of the file there (an item named after a service
 * rather than the list), then whose namespace the repository tells (a directory's name alone is no workload), then whose name the
 * path spells, then who has fewest other files, then whose fields fewest others share. Of the environments that share a base it is
 * the production, where alerts matter; the rest is alphabetical. A template and a file that can't be read have no fields: they are
 * whose they are as a whole. undefined where no target has a part in these files.
 */
export function affectedTarget(catalogue: Catalogue, changed: ChangedPlaces): CatalogueTarget | undefined {
  const ranked = catalogue.targets
    .filter((entry) => reaches(entry, changed.paths))
    .map((entry) => ({ entry, rank: rankOf(entry, changed) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => compare(a.rank ?? [], b.rank ?? []));
  return ranked[0]?.entry;
}

/** Fields are read when somebody first looks at them; of most targets it is enough to know the parts of files that are theirs. */
function reaches({ scopes }: CatalogueTarget, paths: readonly string[]): boolean {
  return scopes === undefined || scopes.some(({ file }) => paths.includes(file));
}

/** Smaller is likelier. */
function rankOf(entry: CatalogueTarget, { paths, hunks }: ChangedPlaces): readonly (number | string)[] | undefined {
  const inside = entry.fields.filter((field) => paths.includes(field.file));
  const covered = new Set([...inside.map(({ file }) => file), ...wholeFiles(entry, paths)]).size;
  if (covered === 0) return undefined;
  const hit = inside.filter((field) =>
    hunks.some((hunk) => paths[hunk.file] === field.file && stands(hunk, field.line)),
  );
  const spelled = paths.filter((path) => spells(path, entry.target.service)).length;
  const files = new Set([...entry.fields, ...(entry.scopes ?? [])].map(({ file }) => file));
  const shared = Math.min(...inside.map(({ sharedWith }) => sharedWith.length));
  return [
    -Math.min(hit.length, 1),
    hit.length > 0 && isItem(entry, hit) ? 0 : 1,
    entry.target.namespace === undefined ? 1 : 0,
    -spelled,
    -covered,
    files.size - covered,
    shared,
    environmentGroup(entry.target.environment ?? "") === "production" ? 0 : 1,
    -hit.length,
    targetKey(entry.target),
  ];
}

/** Those of the paths that belong to the target as a whole, whether it has fields there or not. */
function wholeFiles({ scopes = [] }: CatalogueTarget, paths: readonly string[]): readonly string[] {
  return scopes.filter(({ file, path }) => path.length === 0 && paths.includes(file)).map(({ file }) => file);
}

/** Do all these fields stand in items of lists that are the target's? */
function isItem({ scopes = [] }: CatalogueTarget, fields: readonly Field[]): boolean {
  const items = scopes.filter(({ path }) => typeof path.at(-1) === "number");
  return fields.every(({ file, document, path }) =>
    items.some((item) => item.file === file && item.document === document && pathStartsWith(path, item.path)),
  );
}

function stands({ oldStart, removed }: Hunk, line: number): boolean {
  return line >= oldStart && line < oldStart + Math.max(1, removed.length);
}

/** As a directory or as the file's name. */
function spells(path: string, service: string): boolean {
  return path.split("/").some((part) => part === service || part.startsWith(`${service}.`));
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
