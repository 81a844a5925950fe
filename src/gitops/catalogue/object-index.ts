/** Where the data of ConfigMaps and Secrets is written: in the object itself, or in the files of a generator. */
import { directoryOf } from "../directory-of.ts";
import type { FieldPath } from "./catalogue.ts";
import type { FileFacts, GeneratorEntry } from "./document-facts.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { resolveLink } from "./resolve-link.ts";

export interface DataPlace {
  readonly file: string;
  readonly document: number;
  readonly path: FieldPath;
}

export interface ObjectIndex {
  /** Where the value of a key is written, for an object that the file `from` refers to; empty where that can't be told. */
  places(from: string, kind: string, name: string, key: string): readonly DataPlace[];
}

interface Holder {
  /** The object's file, or the kustomization that generates it. */
  readonly file: string;
  readonly document: number;
  readonly generator: GeneratorEntry | undefined;
}

/** `data`: the files that hold such objects, or make them. */
export function objectIndex(
  files: ReadonlyMap<string, FileFacts>,
  data: readonly FileFacts[],
  graph: PlacementGraph,
): ObjectIndex {
  let holders: Map<string, Holder[]> | undefined;
  return {
    places(from, kind, name, key) {
      holders ??= findHolders(data);
      return near(from, holders.get(`${kind} ${name}`) ?? [], graph).flatMap((holder) => placesIn(holder, key, files));
    },
  };
}

function findHolders(data: readonly FileFacts[]): Map<string, Holder[]> {
  const holders = new Map<string, Holder[]>();
  const add = (kind: string, name: string, holder: Holder): void => {
    const key = `${kind} ${name}`;
    const list = holders.get(key);
    if (list === undefined) holders.set(key, [holder]);
    else list.push(holder);
  };
  for (const { path: file, documents } of data) {
    for (const { kind, name, index: document, generators = [] } of documents) {
      if ((kind === "ConfigMap" || kind === "Secret") && name !== undefined)
        add(kind, name, { file, document, generator: undefined });
      for (const generator of generators) add(generator.kind, generator.name, { file, document, generator });
    }
  }
  return holders;
}

/** One that the same kustomization draws in, or that lies in the same directory; otherwise the only one of that name. */
function near(from: string, holders: readonly Holder[], graph: PlacementGraph): readonly Holder[] {
  if (holders.length < 2) return holders;
  const consumers = new Set(graph.directConsumers(from));
  const beside = holders.filter(
    ({ file, generator }) =>
      file === from ||
      (generator !== undefined && consumers.has(file)) ||
      graph.directConsumers(file).some((consumer) => consumers.has(consumer)),
  );
  if (beside.length > 0) return beside;
  return holders.filter(({ file }) => directoryOf(file) === directoryOf(from));
}

function placesIn(
  { file, document, generator }: Holder,
  key: string,
  files: ReadonlyMap<string, FileFacts>,
): DataPlace[] {
  const has = (path: string, index: number): boolean => files.get(path)?.documents[index]?.keys?.includes(key) === true;
  if (generator === undefined) return has(file, document) ? [{ file, document, path: ["data", key] }] : [];
  const found: DataPlace[] = [];
  for (const entry of generator.files) {
    const equals = entry.indexOf("=");
    const target = entry.slice(equals + 1);
    const name = equals > 0 ? entry.slice(0, equals) : target.slice(target.lastIndexOf("/") + 1);
    const path = name === key ? resolveLink(file, target, "file") : undefined;
    if (path !== undefined && files.has(path)) found.push({ file: path, document: 0, path: [] });
  }
  for (const target of generator.envs) {
    const path = resolveLink(file, target, "file");
    if (path !== undefined && has(path, 0)) found.push({ file: path, document: 0, path: [key] });
  }
  for (const [index, literal] of generator.literals.entries())
    if (literal === key) found.push({ file, document, path: [...generator.path, "literals", index] });
  return found;
}
