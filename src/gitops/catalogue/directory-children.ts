/** What stands directly in each directory: its directories, and its files without their extension. */
import type { PathChanges } from "./changes.ts";
import { stem } from "./stem.ts";

/** By directory; how many files have the name, plus one for a directory of that name. */
export type Children = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface ChangedChildren {
  readonly children: Children;
  /** Directories in which something came or went. */
  readonly dirty: ReadonlySet<string>;
}

export function directoryChildren(paths: Iterable<string>): Children {
  return changedChildren(new Map(), { added: paths, removed: [] }).children;
}

/** `before` stays as it is; directories in which nothing changed are shared with it. */
export function changedChildren(
  before: Children,
  { added, removed }: { readonly added: Iterable<string>; readonly removed: PathChanges["removed"] },
): ChangedChildren {
  const children = new Map<string, ReadonlyMap<string, number>>(before);
  const own = new Map<string, Map<string, number>>();
  const namesIn = (directory: string): Map<string, number> => {
    let names = own.get(directory);
    if (names === undefined) {
      names = new Map(children.get(directory));
      own.set(directory, names);
      children.set(directory, names);
    }
    return names;
  };
  for (const path of removed) remove(path, namesIn);
  for (const path of added) add(path, namesIn);
  for (const [directory, names] of own) if (names.size === 0) children.delete(directory);
  return { children, dirty: new Set(own.keys()) };
}

function add(path: string, namesIn: (directory: string) => Map<string, number>): void {
  let [directory, child] = split(path, stem);
  for (;;) {
    const names = namesIn(directory);
    const isNew = names.size === 0;
    names.set(child, (names.get(child) ?? 0) + 1);
    if (directory === "" || !isNew) return;
    [directory, child] = split(directory);
  }
}

function remove(path: string, namesIn: (directory: string) => Map<string, number>): void {
  let [directory, child] = split(path, stem);
  for (;;) {
    const names = namesIn(directory);
    const left = (names.get(child) ?? 0) - 1;
    if (left > 0) names.set(child, left);
    else names.delete(child);
    if (directory === "" || names.size > 0) return;
    [directory, child] = split(directory);
  }
}

function split(path: string, named = (segment: string) => segment): [directory: string, child: string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, Math.max(0, slash)), named(path.slice(slash + 1))];
}
