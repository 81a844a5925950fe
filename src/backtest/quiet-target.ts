/** A target that nothing has happened to, chosen by the revision and by nothing else. */
import { digest } from "../digest.ts";
import type { Catalogue, CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { resolveTarget } from "../gitops/catalogue/resolve-target.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import { targetKey } from "../target.ts";
import { alertFor } from "./alert-for.ts";

/** Pure. undefined where no target of the catalogue is quiet and selected by its own labels. */
export function quietTarget(
  catalogue: Catalogue,
  revision: Revision,
  touched: ReadonlySet<string>,
): CatalogueTarget | undefined {
  const shuffled = catalogue.targets
    .map((entry) => ({ entry, order: digest([revision, targetKey(entry.target)]) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  return shuffled.find(({ entry }) => isQuiet(entry, touched) && isSelected(catalogue, entry))?.entry;
}

/** Not one of its files changed, and nothing whose path is about it. Its fields are looked at last: only then are they read. */
function isQuiet(entry: CatalogueTarget, touched: ReadonlySet<string>): boolean {
  const { target, scopes = [] } = entry;
  if (scopes.some(({ file }) => touched.has(file))) return false;
  for (const path of touched) if (path.split(/[/.]/).includes(target.service)) return false;
  return entry.fields.length > 0 && !entry.fields.some(({ file }) => touched.has(file));
}

function isSelected(catalogue: Catalogue, entry: CatalogueTarget): boolean {
  const resolution = resolveTarget(catalogue, alertFor(entry.target, "", 0).labels);
  return resolution.outcome === "resolved" && targetKey(resolution.entry.target) === targetKey(entry.target);
}
