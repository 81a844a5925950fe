/** What the dependencies of an umbrella chart hold of its values: what is below their alias, what is global, what switches them. */
import { directoryOf } from "../directory-of.ts";
import type { FieldPath } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import type { DependencyFacts, FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import { looseValues } from "./loose-values.ts";
import { resolveLink } from "./resolve-link.ts";

export function* chartClaims(context: ClaimContext): Generator<Claim> {
  const values = valuesByDirectory(context.traits.having("values"));
  const loose = looseValues(context, values);
  for (const [chart, files] of loose)
    for (const { path } of files) yield claim({ name: nameOf(context.files.get(chart)) }, path, [], context);
  for (const file of context.traits.having("dependencies"))
    for (const { dependencies = [] } of file.documents)
      if (isUmbrella(dependencies))
        yield* umbrellaClaims(file, dependencies, { values, loose: loose.get(file.path) ?? [], context });
}

interface ChartValues {
  /** By directory. */
  readonly values: ReadonlyMap<string, readonly FileFacts[]>;
  /** Of this chart, from elsewhere. */
  readonly loose: readonly FileFacts[];
  readonly context: ClaimContext;
}

function* umbrellaClaims(
  { path: chart }: FileFacts,
  dependencies: readonly DependencyFacts[],
  { values, loose, context }: ChartValues,
): Generator<Claim> {
  const own = [...(values.get(directoryOf(chart)) ?? []), ...loose];
  for (const dependency of dependencies) {
    for (const { path, documents } of own) {
      const keys = new Set(documents[0]?.keys);
      for (const part of partsOf(dependency)) if (keys.has(`${part[0]}`)) yield claim(dependency, path, part, context);
    }
    const inner = dependency.chart === undefined ? undefined : resolveLink(chart, dependency.chart, "file");
    for (const { path } of values.get(inner ?? "?") ?? []) yield claim(dependency, path, [], context);
  }
}

/** A chart around one other, such as a library, is that service itself. */
function isUmbrella(dependencies: readonly DependencyFacts[]): boolean {
  return dependencies.length > 1 || dependencies.some(({ aliased }) => aliased);
}

function partsOf({ name, condition }: DependencyFacts): readonly FieldPath[] {
  const switches = condition.filter((path) => path[0] !== name);
  return [[name], ["global"], ...switches];
}

function claim({ name }: { readonly name: string }, file: string, path: FieldPath, { graph }: ClaimContext): Claim {
  const scope = { file, document: 0, path };
  return { service: name, scope, rank: 2, object: undefined, places: graph.placements(file) };
}

function valuesByDirectory(files: readonly FileFacts[]): ReadonlyMap<string, readonly FileFacts[]> {
  return Map.groupBy(files, ({ path }) => directoryOf(path));
}

function nameOf(chart: FileFacts | undefined): string {
  return chart?.documents[0]?.name ?? "";
}
