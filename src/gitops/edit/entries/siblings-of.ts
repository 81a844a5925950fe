import type { YamlMapping } from "../../yaml-tree.ts";
import type { EntryValue } from "../edit.ts";
import type { Sibling } from "./place-among.ts";

/** The entries, for what comes among them. */
export function siblingsOf(mapping: YamlMapping): readonly Sibling[] {
  return mapping.entries.map(({ key, value }) => ({
    key,
    single: value.kind === "alias" || (value.kind === "scalar" && value.style !== "block"),
  }));
}

export function isSingle(value: EntryValue): boolean {
  return typeof value !== "object" || value === null;
}
