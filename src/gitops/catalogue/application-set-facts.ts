/** What an ApplicationSet says: its generators as data, and what its template makes of their parameters. */
import type { YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import { flattenParameters } from "./flatten-parameters.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";
import { type SelectorFacts, selectorFacts } from "./selector-facts.ts";

/** By dotted key: `path.basename`, `values.ring`. */
export type Parameters = Readonly<Record<string, string>>;

export interface ApplicationSetFacts {
  readonly generators: readonly GeneratorFacts[];
  /** One for each generator: the common one, with what the generator's own says instead. */
  readonly templates: readonly TemplateFacts[];
  /** Of Go templates only. */
  readonly patch?: TemplatePatchFacts | undefined;
}

export interface TemplatePatchFacts {
  /** As written. */
  readonly text: string;
  /** UTF-16 offset. */
  readonly offset: number;
}

/** With placeholders, as written. */
export interface TemplateFacts {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly paths: readonly string[];
}

/** `selector`: which of its parameter sets count. */
export type GeneratorFacts = { readonly selector?: SelectorFacts | undefined } & (
  | { readonly kind: "list"; readonly elements: readonly ElementFacts[]; readonly values: Parameters }
  | {
      readonly kind: "directories" | "files";
      readonly include: readonly string[];
      readonly exclude: readonly string[];
      /** What stands before `path` in the parameters. */
      readonly prefix: string;
      readonly values: Parameters;
    }
  | { readonly kind: "matrix"; readonly generators: readonly GeneratorFacts[] }
  | { readonly kind: "merge"; readonly generators: readonly GeneratorFacts[]; readonly keys: readonly string[] }
  /** What only the cluster or a forge knows. */
  | { readonly kind: "unknown"; readonly name: string; readonly offset: number; readonly values: Parameters }
);

export interface ElementFacts {
  readonly path: FieldPath;
  readonly parameters: Parameters;
}

const maxDepth = 4;

export function applicationSetFacts(root: YamlNode): ApplicationSetFacts {
  const common = templateFacts(at(root, "spec", "template"));
  const templates = generatorEntries(root, ["spec", "generators"]).map(({ path }) => {
    const own = templateFacts(at(root, ...path, "template"));
    return {
      name: own.name ?? common.name,
      namespace: own.namespace ?? common.namespace,
      paths: own.paths.length > 0 ? own.paths : common.paths,
    };
  });
  return { generators: generators(root, ["spec", "generators"], maxDepth), templates, patch: templatePatch(root) };
}

/** Longer ones are programs. UTF-16 units. */
const maxPatch = 32 * 1024;

/** undefined where there is none, or none that Argo CD looks at. */
export function templatePatch(root: YamlNode): TemplatePatchFacts | undefined {
  const patch = at(root, "spec", "templatePatch");
  if (patch?.kind !== "scalar" || textAt(root, "spec", "goTemplate") !== "true") return undefined;
  return patch.value.length > maxPatch ? undefined : { text: patch.value, offset: patch.start };
}

/** Of a template, or of what is laid over one. */
export function templateFacts(template: YamlNode | undefined): TemplateFacts {
  const spec = at(template, "spec");
  const sources = [at(spec, "source"), ...itemsAt(spec, "sources")];
  return {
    name: textAt(template, "metadata", "name"),
    namespace: textAt(spec, "destination", "namespace"),
    paths: sources.map((source) => textAt(source, "path")).filter((path) => path !== undefined),
  };
}

function generators(root: YamlNode, path: FieldPath, depth: number): readonly GeneratorFacts[] {
  if (depth === 0) return [];
  return generatorEntries(root, path).map((entry) => ({
    ...generator(root, entry, depth),
    selector: selectorFacts(at(root, ...entry.path.slice(0, -1), "selector")),
  }));
}

interface GeneratorEntry {
  readonly name: string;
  readonly offset: number;
  readonly path: FieldPath;
}

function generatorEntries(root: YamlNode, path: FieldPath): readonly GeneratorEntry[] {
  return itemsAt(root, ...path).flatMap((item, index) => {
    if (!isMapping(item)) return [];
    const own = item.entries.find(({ key }) => key !== undefined && key !== "selector");
    return own?.key === undefined ? [] : [{ name: own.key, offset: own.keyStart, path: [...path, index, own.key] }];
  });
}

function generator(root: YamlNode, { name, offset, path }: GeneratorEntry, depth: number): GeneratorFacts {
  const node = at(root, ...path);
  const values = flattenParameters(at(node, "values"), "values");
  if (name === "list" && at(node, "elements") !== undefined) {
    const elements = itemsAt(node, "elements").map((element, index) => ({
      path: [...path, "elements", index],
      parameters: flattenParameters(element),
    }));
    return { kind: "list", elements, values };
  }
  if (name === "git") {
    const kind = at(node, "directories") === undefined ? "files" : "directories";
    const entries = itemsAt(node, kind).map((entry) => [textAt(entry, "path"), textAt(entry, "exclude")] as const);
    const paths = (excluded: boolean): readonly string[] =>
      entries.filter(([, exclude]) => (exclude === "true") === excluded).flatMap(([pattern = ""]) => [pattern]);
    return { kind, include: paths(false), exclude: paths(true), prefix: textAt(node, "pathParamPrefix") ?? "", values };
  }
  if (name === "matrix" || name === "merge") {
    const inner = generators(root, [...path, "generators"], depth - 1);
    const keys = itemsAt(node, "mergeKeys").flatMap((key) => textAt(key) ?? []);
    return name === "matrix" ? { kind: "matrix", generators: inner } : { kind: "merge", generators: inner, keys };
  }
  return { kind: "unknown", name, offset, values };
}
