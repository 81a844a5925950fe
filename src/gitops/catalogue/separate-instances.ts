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

interface Homed {
  readonly file: string;
  readonly home: readonly string[];
}

function connectedFiles(files: readonly string[], graph: PlacementGraph): readonly ReadonlySet<string>[] {
  let groups: Homed[][] = [];
  for (const file of files) {
    const home = lineage(file);
    // Nearly always the directories tell.
    let related: ReadonlySet<string> | undefined;
    const isRelated = (other: string): boolean => {
      related ??= new Set(graph.directConsumers(file).flatMap((consumer) => [...graph.reachable(consumer)]));
      return related.has(other);
    };
    const joined = groups.filter(
      (group) => group.some((other) => sameLine(home, other.home)) || group.some((other) => isRelated(other.file)),
    );
    groups = [...groups.filter((group) => !joined.includes(group)), [{ file, home }, ...joined.flat()]];
  }
  return groups.map((group) => new Set(group.map(({ file }) => file)));
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
