/** What the dependencies of an umbrella chart hold of its values: what is below their alias, what is global, what switches them. */
import type { FieldPath } from "./catalogue.ts";
import { isValuesFile } from "./chart-facts.ts";
import type { Claim } from "./claim.ts";
import type { DependencyFacts, FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import { looseValues } from "./loose-values.ts";
import { resolveLink } from "./placement-graph.ts";

export function* chartClaims(context: ClaimContext): Generator<Claim> {
  const values = valuesByDirectory(context.files);
  const loose = looseValues(context, values);
  for (const [chart, files] of loose)
    for (const { path } of files) yield* claims({ name: nameOf(context.files.get(chart)) }, path, [], context);
  const charts = [...context.files.values()].flatMap((file) =>
    file.documents.flatMap(({ dependencies = [] }) => (isUmbrella(dependencies) ? [{ file, dependencies }] : [])),
  );
  for (const { file, dependencies } of charts) {
    const own = [...(values.get(directoryOf(file.path)) ?? []), ...(loose.get(file.path) ?? [])];
    for (const dependency of dependencies) {
      for (const { path, documents } of own) {
        const keys = new Set(documents[0]?.keys);
        for (const part of partsOf(dependency))
          if (keys.has(`${part[0]}`)) yield* claims(dependency, path, part, context);
      }
      const inner = dependency.chart === undefined ? undefined : resolveLink(file.path, dependency.chart, "file");
      for (const { path } of values.get(inner ?? "?") ?? []) yield* claims(dependency, path, [], context);
    }
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

function* claims(
  { name }: { readonly name: string },
  file: string,
  path: FieldPath,
  context: ClaimContext,
): Generator<Claim> {
  for (const { chain, namespace } of context.graph.placements(file))
    yield {
      service: name,
      chain: chain.filter((word) => word !== name),
      namespace,
      scope: { file, document: 0, path },
      rank: 2,
      object: undefined,
    };
}

function valuesByDirectory(files: ReadonlyMap<string, FileFacts>): ReadonlyMap<string, readonly FileFacts[]> {
  const found = new Map<string, FileFacts[]>();
  for (const file of files.values()) {
    if (file.documents[0]?.keys === undefined || !isValuesFile(file.path)) continue;
    const directory = directoryOf(file.path);
    const list = found.get(directory);
    if (list === undefined) found.set(directory, [file]);
    else list.push(file);
  }
  return found;
}

function nameOf(chart: FileFacts | undefined): string {
  return chart?.documents[0]?.name ?? "";
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
