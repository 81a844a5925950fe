/** The parameters that an ApplicationSet's generators give, as far as the repository tells them. Bounded whatever it says. */
import type { ElementFacts, GeneratorFacts, Parameters } from "./application-set-facts.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { flattenParameters } from "./flatten-parameters.ts";
import { matchesGlob } from "./matches-glob.ts";
import type { RepositoryView } from "./repository-view.ts";
import { selects } from "./selector-facts.ts";

export interface ParameterSet {
  readonly parameters: Parameters;
  /** Stands for any number of applications, with parameters that only the cluster or a forge knows. */
  readonly open: boolean;
  /** Where in the ApplicationSet parts of it are written. */
  readonly elements: readonly ElementFacts["path"][];
  /** Files that parts of it come from. */
  readonly files: readonly string[];
}

const maxSets = 2_000;

export function expandGenerators(
  generators: readonly GeneratorFacts[],
  view: RepositoryView,
  around: Parameters = {},
): readonly ParameterSet[] {
  return generators.flatMap((generator) => expand(generator, view, around)).slice(0, maxSets);
}

/** What stands for parameters that aren't known may be chosen. */
function expand(generator: GeneratorFacts, view: RepositoryView, around: Parameters): readonly ParameterSet[] {
  const { selector } = generator;
  const sets = expandAll(generator, view, around);
  return selector === undefined ? sets : sets.filter(({ open, parameters }) => open || selects(selector, parameters));
}

function expandAll(generator: GeneratorFacts, view: RepositoryView, around: Parameters): readonly ParameterSet[] {
  switch (generator.kind) {
    case "list":
      return generator.elements.map(({ path, parameters }) => ({
        ...closed(withValues(parameters, generator.values, around)),
        elements: [path],
      }));
    case "directories":
      return matching(generator, around, view).map((path) =>
        closed(withValues(pathParameters(generator.prefix, path), generator.values, around)),
      );
    case "files":
      return matching(generator, around, view).flatMap((path) => fromFile(path, generator, view, around));
    case "matrix":
      return matrix(generator.generators, view, around);
    case "merge":
      return merge(generator.generators, generator.keys, view, around);
    case "unknown":
      return [{ ...closed(withValues({}, generator.values, around)), open: true }];
  }
}

function closed(parameters: Parameters): ParameterSet {
  return { parameters, open: false, elements: [], files: [] };
}

/** A generator's `values` may speak of its other parameters. What can't be told is left out. */
function withValues(parameters: Parameters, values: Parameters, around: Parameters): Parameters {
  const known = { ...around, ...parameters };
  const told = Object.entries(values).flatMap(([key, text]) => {
    const value = fillPlaceholders(text, known);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(told), ...parameters };
}

type GitGenerator = Extract<GeneratorFacts, { kind: "directories" | "files" }>;

function matching(generator: GitGenerator, around: Parameters, view: RepositoryView): string[] {
  const patterns = (list: readonly string[]): readonly string[] =>
    list.flatMap((text) => {
      const pattern = fillPlaceholders(text, around)?.replace(/^\.?\/|\/$/g, "");
      return pattern === undefined || pattern === "" ? [] : [pattern];
    });
  const [wanted, unwanted] = [patterns(generator.include), patterns(generator.exclude)];
  const star = generator.kind === "files" ? "any" : "part";
  const found: string[] = [];
  for (const pattern of wanted)
    for (const path of generator.kind === "files" ? view.pathsLike(pattern) : view.directoriesLike(pattern))
      if (matchesGlob(pattern, path, star)) found.push(path);
  return [...new Set(found)]
    .filter((path) => !unwanted.some((pattern) => matchesGlob(pattern, path, star)))
    .sort()
    .slice(0, maxSets);
}

function pathParameters(prefix: string, path: string, file?: string): Parameters {
  const segments = path.split("/");
  const [own, base] = [prefix === "" ? "path" : `${prefix}.path`, segments.at(-1) ?? ""];
  const parameters: Record<string, string> = {
    [own]: path,
    [`${own}.path`]: path,
    [`${own}.basename`]: base,
    [`${own}.basenameNormalized`]: normalized(base),
  };
  for (const [index, segment] of segments.entries()) {
    parameters[`${own}[${index}]`] = segment;
    parameters[`${own}.segments.${index}`] = segment;
  }
  if (file === undefined) return parameters;
  return { ...parameters, [`${own}.filename`]: file, [`${own}.filenameNormalized`]: normalized(file) };
}

/** As Argo CD makes a name that DNS takes. */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^-a-z0-9.]/g, "-")
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, "");
}

function fromFile(path: string, generator: GitGenerator, view: RepositoryView, around: Parameters): ParameterSet[] {
  const root = view.read(path);
  const objects = root?.kind === "sequence" ? root.items : root === undefined ? [] : [root];
  const slash = path.lastIndexOf("/");
  const own = pathParameters(generator.prefix, slash < 0 ? "." : path.slice(0, slash), path.slice(slash + 1));
  return objects.map((object) => ({
    ...closed(withValues({ ...flattenParameters(object), ...own }, generator.values, around)),
    files: [path],
  }));
}

/** Each set of the first with each of the second, which may speak of the first one's parameters. */
function matrix(generators: readonly GeneratorFacts[], view: RepositoryView, around: Parameters): ParameterSet[] {
  let sets: ParameterSet[] = [closed({})];
  for (const generator of generators) {
    const next: ParameterSet[] = [];
    for (const set of sets) {
      if (next.length >= maxSets) break;
      for (const other of expand(generator, view, { ...around, ...set.parameters })) next.push(joined(set, other));
    }
    sets = next.slice(0, maxSets);
  }
  return sets;
}

function joined(first: ParameterSet, second: ParameterSet): ParameterSet {
  return {
    parameters: { ...first.parameters, ...second.parameters },
    open: first.open || second.open,
    elements: [...first.elements, ...second.elements],
    files: [...first.files, ...second.files],
  };
}

/**
 * The first generator's sets, each with what the others say of the same keys. Where the first one is open, what the others say is
 * about one of those that it stands for.
 */
function merge(
  [base, ...others]: readonly GeneratorFacts[],
  keys: readonly string[],
  view: RepositoryView,
  around: Parameters,
): ParameterSet[] {
  if (base === undefined) return [];
  const sets = new Map<string, ParameterSet>();
  const open: ParameterSet[] = [];
  const keyOf = ({ parameters }: ParameterSet): string => JSON.stringify(keys.map((key) => parameters[key]));
  for (const set of expand(base, view, around)) {
    if (set.open) open.push(set);
    else sets.set(keyOf(set), set);
  }
  for (const other of others) {
    for (const set of expand(other, view, around)) {
      if (set.open || sets.size >= maxSets) continue;
      const key = keyOf(set);
      const known = sets.get(key) ?? open[0];
      if (known !== undefined) sets.set(key, { ...joined(known, set), open: known.open });
    }
  }
  return [...open, ...sets.values()];
}
