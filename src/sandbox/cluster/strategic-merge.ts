/** A strategic merge patch in small: maps key by key, `null` takes away, lists of named things by their names. Pure. */
import { list, record } from "./plain-values.ts";

/** `lists`: lists of named things are merged unless they are to be replaced. */
export function strategicMerge(base: unknown, patch: unknown, lists: "merge" | "replace" = "merge"): unknown {
  if (isMap(base) && isMap(patch)) {
    const merged = Object.entries(patch).map(([key, value]) => [key, strategicMerge(record(base)[key], value, lists)]);
    return Object.fromEntries(
      Object.entries({ ...base, ...Object.fromEntries(merged) }).filter(([, value]) => value !== null),
    );
  }
  if (lists === "replace" || !isNamedList(base) || !isNamedList(patch)) return patch;
  const names = new Set(base.map((item) => record(item).name));
  const kept = base.map((item) => {
    const change = patch.find((each) => record(each).name === record(item).name);
    return change === undefined ? item : strategicMerge(item, change, lists);
  });
  return [...kept, ...patch.filter((item) => !names.has(record(item).name))];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamedList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && list(value).every((item) => record(item).name !== undefined);
}
