import type { FieldPath, Scope } from "./catalogue.ts";

interface Part {
  readonly kept: Scope[];
  /** Of the kept ones, by `pathKey`. */
  readonly keys: Set<string>;
}

/** Parts that lie within no other part of the list: shorter paths first, those of one document together. */
export function outermost(scopes: Iterable<Scope>): Scope[] {
  const sorted = [...new Set(scopes)];
  if (sorted.some(({ path }) => path.length > 0)) sorted.sort((a, b) => a.path.length - b.path.length);
  const parts: Part[] = [];
  const files = new Map<string, Map<number, Part>>();
  for (const scope of sorted) {
    const documents = files.get(scope.file) ?? new Map<number, Part>();
    files.set(scope.file, documents);
    let part = documents.get(scope.document);
    if (part === undefined) {
      part = { kept: [], keys: new Set() };
      documents.set(scope.document, part);
      parts.push(part);
    }
    if (!isCovered(scope.path, part.keys)) {
      part.kept.push(scope);
      part.keys.add(pathKey(scope.path));
    }
  }
  return parts.flatMap(({ kept }) => kept);
}

function isCovered(path: FieldPath, keys: ReadonlySet<string>): boolean {
  if (keys.size === 0) return false;
  let key = "";
  if (keys.has(key)) return true;
  for (const step of path) {
    key += `${JSON.stringify(step)},`;
    if (keys.has(key)) return true;
  }
  return false;
}

function pathKey(path: FieldPath): string {
  return path.map((step) => `${JSON.stringify(step)},`).join("");
}
