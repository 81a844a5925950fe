/** Values files that neither their path nor any release says the chart of: what they set tells it. */
import { isValuesFile } from "./chart-facts.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";

/**
 * By the path of the `Chart.yaml`. A file belongs to the one chart that knows most of its topmost keys, at least two and half of
 * them: as values of its own, or as the names of its dependencies.
 */
export function looseValues(
  { files, traits, directoryNames }: ClaimContext,
  values: ReadonlyMap<string, readonly FileFacts[]>,
): ReadonlyMap<string, readonly FileFacts[]> {
  const found = new Map<string, FileFacts[]>();
  const loose = traits
    .having("loose")
    .filter(({ path }) => directoryNames(path, false).length === 0)
    .filter(({ path }) => directoryNames(path, true).length === 0 && !isBesideChart(path, files));
  if (loose.length === 0) return found;
  const charts = traits.having("charts").flatMap((file) => chartKeys(file, values));
  for (const file of loose) {
    const keys = file.documents[0]?.keys ?? [];
    const ranked = charts
      .map(({ path, known }) => ({ path, shared: keys.filter((key) => known.has(key)).length }))
      .sort((a, b) => b.shared - a.shared);
    const [best, second] = ranked;
    if (best === undefined || best.shared < 2 || best.shared < keys.length / 2 || best.shared === second?.shared)
      continue;
    found.set(best.path, [...(found.get(best.path) ?? []), file]);
  }
  return found;
}

function isBesideChart(path: string, files: ReadonlyMap<string, FileFacts>): boolean {
  const directory = directoryOf(path);
  return files.has(`${directory}Chart.yaml`) || files.has(`${directory}Chart.yml`);
}

interface ChartKeys {
  readonly path: string;
  readonly known: ReadonlySet<string>;
}

function chartKeys({ path, documents }: FileFacts, values: ReadonlyMap<string, readonly FileFacts[]>): ChartKeys[] {
  if (documents[0]?.name === undefined) return [];
  const own = values.get(directoryOf(path).slice(0, -1))?.filter((file) => isValuesFile(file.path)) ?? [];
  const dependencies = documents[0].dependencies ?? [];
  const keys = own.flatMap((file) => file.documents[0]?.keys ?? []);
  return [{ path, known: new Set([...keys, ...dependencies.map(({ name }) => name)]) }];
}

/** With the slash at its end. */
function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
