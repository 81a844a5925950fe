/** Tells apart objects that share a name, environment and namespace and yet have nothing to do with each other. */
import type { Instance } from "./assembled-target.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { environmentGroup, genericNames } from "./words.ts";

/**
 * By the files that hold the objects. Usually one instance, undefined: all claims. Otherwise each instance has its own objects, and
 * what belongs to no object goes to all.
 */
export function separateInstances(files: readonly string[], graph: PlacementGraph): readonly (Instance | undefined)[] {
  if (files.length < 2) return [undefined];
  const groups = connectedFiles(files, graph);
  if (groups.length < 2) return [undefined];
  const all = new Set(files);
  return groups.map((group) => ({ files: group, all }));
}

function connectedFiles(files: readonly string[], graph: PlacementGraph): readonly ReadonlySet<string>[] {
  let groups: Set<string>[] = [];
  for (const file of files) {
    const home = lineage(file);
    const related = new Set(graph.directConsumers(file).flatMap((consumer) => [...graph.reachable(consumer)]));
    const joined = groups.filter((group) =>
      [...group].some((other) => related.has(other) || sameLine(home, lineage(other))),
    );
    const merged = new Set([file, ...joined.flatMap((group) => [...group])]);
    groups = [...groups.filter((group) => !joined.includes(group)), merged];
  }
  return groups;
}

/** The directories of a path that say which thing it is about, environments and conventional names left out. */
function lineage(path: string): readonly string[] {
  return path
    .split("/")
    .slice(0, -1)
    .filter((segment) => !genericNames.has(segment) && environmentGroup(segment) === undefined);
}

function sameLine(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.every((segment, index) => segment === long[index]);
}
