/** Which layer of a chart's values decides: what a release says about their order, or what file names say where none does. */

import type { Field, FieldPath, Layer } from "./catalogue.ts";
import { fieldKey } from "./field-key.ts";
import type { LayerContext } from "./layer-fields.ts";
import { pathStartsWith } from "./path-starts-with.ts";
import type { LayerFacts, ReleaseFacts } from "./release-facts.ts";
import { resolveLink } from "./resolve-link.ts";

type Rule = (field: Field) => Layer | undefined;

/** A part of a file that holds values of the chart. */
interface Source {
  readonly file: string;
  readonly document: number;
  readonly path: FieldPath;
  readonly kind: "values" | "set" | "single";
  /** Where in the chart's values they belong. */
  readonly below: FieldPath;
  readonly rank: number;
  readonly why: string;
}

interface Ranked {
  readonly field: Field;
  readonly source: Source;
}

export function valuesRule(fields: readonly Field[], layers: LayerContext): Rule {
  const rules = [sourcesOf(fields, layers), environmentSources(layers)].map((sources) => winnersRule(fields, sources));
  return (field) => {
    for (const rule of rules) {
      const layer = rule(field);
      if (layer !== undefined) return layer;
    }
    return undefined;
  };
}

function winnersRule(fields: readonly Field[], sources: readonly Source[]): Rule {
  if (sources.length < 2) return () => undefined;
  const byFile = new Map<string, Source[]>();
  for (const source of sources) byFile.set(source.file, [...(byFile.get(source.file) ?? []), source]);
  const byPlace = new Map(fields.map((field) => [fieldKey(field), field]));
  const keys = new Map<Field, { readonly key: string; readonly source: Source }>();
  const winners = new Map<string, Ranked>();
  for (const field of fields) {
    const source = byFile
      .get(field.file)
      ?.find((each) => each.document === field.document && pathStartsWith(field.path, each.path));
    const key = source && keyOf(field, source, byPlace);
    if (source === undefined || key === undefined) continue;
    keys.set(field, { key, source });
    const known = winners.get(key);
    if (known === undefined || source.rank > known.source.rank) winners.set(key, { field, source });
  }
  return (field) => {
    const own = keys.get(field);
    const winner = own && winners.get(own.key);
    if (own === undefined || winner === undefined || winner.source.rank <= own.source.rank) return undefined;
    return { file: winner.field.file, line: winner.field.line, why: winner.source.why };
  };
}

/** Lists are replaced as a whole: everything in them has the list's own key. */
function keyOf(field: Field, source: Source, byPlace: ReadonlyMap<string, Field>): string | undefined {
  const rest = field.path.slice(source.path.length);
  if (source.kind === "single") return rest.length === 0 ? keyText(source.below) : undefined;
  if (source.kind === "set") {
    if (rest.length !== 2 || rest[1] !== "value") return undefined;
    const name = byPlace.get(fieldKey({ ...field, path: [...field.path.slice(0, -1), "name"] }))?.value;
    return name === undefined ? undefined : name.replace(/\[.*$/s, "");
  }
  // A dependency sees `global` as it is.
  const path = rest[0] === "global" ? rest : [...source.below, ...rest];
  const list = path.findIndex((step) => typeof step === "number");
  return keyText(list < 0 ? path : path.slice(0, list));
}

function keyText(path: FieldPath): string {
  return path.join(".");
}

function sourcesOf(fields: readonly Field[], layers: LayerContext): readonly Source[] {
  const { charts, releases, count } = releasesOf(fields, layers);
  // What one of several releases is given says nothing about the others.
  if (count > 1) return [];
  const told = [...charts, ...releases].flatMap(({ file, document, release }) =>
    release.layers.flatMap((layer) => resolve(file, document, layer, layers)),
  );
  const ordered = releases.some(({ release }) =>
    release.layers.some(({ kind, rank }) => (kind === "file" || kind === "per-environment") && rank >= 0),
  );
  return ordered ? told : [...byConvention(layers), ...told];
}

/** A helmfile's own values for the target's environment: its templates are filled in with them, no chart is. */
function environmentSources({ files, context, target }: LayerContext): readonly Source[] {
  const why = "a later entry of the environment's values wins";
  return [...files].flatMap((helmfile) =>
    (context.files.get(helmfile)?.documents ?? []).flatMap(({ index, environments = [] }) =>
      environments
        .filter(({ environment }) => environment === target.environment)
        .flatMap(({ entries }) =>
          entries.flatMap((entry, rank): Source[] => {
            const common = { kind: "values", below: [], rank, why } as const;
            if ("path" in entry) return [{ ...common, file: helmfile, document: index, path: entry.path }];
            const file = resolveLink(helmfile, entry.link.target, entry.link.from);
            return file === undefined || !context.files.has(file) ? [] : [{ ...common, file, document: 0, path: [] }];
          }),
        ),
    ),
  );
}

interface FoundRelease {
  readonly file: string;
  readonly document: number;
  readonly release: ReleaseFacts;
}

function releasesOf(fields: readonly Field[], { files, context }: LayerContext) {
  const charts: FoundRelease[] = [];
  const releases: FoundRelease[] = [];
  // A patch of the same object is no other release.
  const seen = new Set<string>();
  for (const file of files) {
    for (const document of context.files.get(file)?.documents ?? []) {
      for (const release of document.releases ?? []) {
        const found = { file, document: document.index, release };
        if (document.kind === undefined && release.name === undefined) charts.push(found);
        else if (holds(fields, found)) {
          releases.push(found);
          seen.add(JSON.stringify([document.kind, release.name ?? document.name, ...release.path]));
        }
      }
    }
  }
  return { charts, releases, count: seen.size };
}

function holds(fields: readonly Field[], { file, document, release }: FoundRelease): boolean {
  return fields.some(
    (field) => field.file === file && field.document === document && pathStartsWith(field.path, release.path),
  );
}

function resolve(
  file: string,
  document: number,
  layer: LayerFacts,
  { context, target }: LayerContext,
): readonly Source[] {
  const { rank, why } = layer;
  if (layer.kind === "object") {
    const below = layer.target === undefined ? [] : layer.target.split(".");
    const kind = layer.target === undefined ? "values" : "single";
    return context.objects
      .places(file, layer.object, layer.name, layer.key)
      .map((place) => ({ ...place, kind, below, rank, why }));
  }
  if (layer.kind === "per-environment") {
    const path =
      target.environment && resolveLink(file, `${layer.start.target}${target.environment}${layer.end}`, "file");
    if (path === undefined || !context.files.has(path)) return [];
    return [{ file: path, document: 0, path: [], kind: "values", below: [], rank, why }];
  }
  const path = layer.link === undefined ? file : resolveLink(file, layer.link.target, layer.link.from);
  if (path === undefined || !context.files.has(path)) return [];
  if (layer.kind === "file")
    return [{ file: path, document: 0, path: [], kind: "values", below: layer.below, rank, why }];
  const own = path === file ? document : 0;
  return [
    {
      file: path,
      document: own,
      path: layer.path,
      kind: layer.kind === "set" ? "set" : "values",
      below: [],
      rank,
      why,
    },
  ];
}

const commonName = /^(?:values|common|default|defaults|base)\.ya?ml$/;

/** `values-prod.yaml` over `values.yaml` beside it, `prod/values.yaml` over one above: as everybody who has both lays them. */
function byConvention({ files, context, target }: LayerContext): readonly Source[] {
  const bare = [...files].filter((file) => {
    const documents = context.files.get(file)?.documents ?? [];
    return (
      documents.length === 1 && documents[0]?.kind === undefined && /values|common|default|base/.test(baseName(file))
    );
  });
  const common = bare.filter(
    (file) => context.environments.chain(file).length === 0 && commonName.test(baseName(file)),
  );
  const special = bare.filter(
    (file) => target.environment !== undefined && context.environments.chain(file).at(-1) === target.environment,
  );
  const related = (a: string, b: string): boolean => b.startsWith(directoryOf(a));
  const source = (file: string, rank: number, why: string): Source => ({
    file,
    document: 0,
    path: [],
    kind: "values",
    below: [],
    rank,
    why,
  });
  return [
    ...common
      .filter((file) => special.some((other) => related(file, other)))
      .map((file) => source(file, -1_000, "a release's values win over the chart's own")),
    ...special
      .filter((file) => common.some((other) => related(other, file)))
      .map((file) => source(file, -500, "the environment's values file wins over the common one")),
  ];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** With a slash at its end; empty for the root. */
function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
