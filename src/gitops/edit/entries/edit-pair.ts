/** Adds a line of `key=value` to `.env` and `.properties` files, or takes one away. One reader locates, another one proves. */
import { readProperties } from "../../catalogue/read-properties.ts";
import type { YamlEntry } from "../../yaml-tree.ts";
import { applySplices } from "../apply-splices.ts";
import type { EditResult, InsertEntry, RemoveEntry, Splice } from "../edit.ts";
import { writablePair } from "../edit-properties.ts";
import { readPairs } from "../read-pairs.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { cutLines, insertLines } from "./change-lines.ts";
import { placeAmong } from "./place-among.ts";
import { lineStart, nextLine } from "./text-lines.ts";

/** UTF-16 units; the same limit as for YAML. */
const maxLength = 1024 * 1024;

export function editPair(path: string, text: string, edit: InsertEntry | RemoveEntry): EditResult {
  if (text.length > maxLength) return refusal("file-too-large", "the file is too large to be edited");
  const [key, ...rest] = edit.path;
  if (edit.document !== 0 || rest.length > 0 || typeof key !== "string")
    return refusal("edit-not-found", "such a file has keys only");
  const entries = readProperties(path, text).entries.toSorted((a, b) => a.keyStart - b.keyStart);
  const pairs = readPairs(path, text);
  const times = pairs.filter(([name]) => name === key).length;
  if (times > 1) return refusal("edit-duplicate-key", "the key is written twice");
  const splice =
    edit.kind === "insert"
      ? insertPair(path, text, entries, key, edit.value, times)
      : removePair(text, entries, key, edit);
  if ("outcome" in splice) return splice;
  const result = applySplices(text, [splice]);
  const value = edit.kind === "insert" ? String(edit.value) : edit.before;
  const [less, full] = edit.kind === "insert" ? [pairs, readPairs(path, result)] : [readPairs(path, result), pairs];
  return onePairMore(less, full, key, value)
    ? { outcome: "edited", text: result, splices: [splice] }
    : refusal("edit-not-proved", "the second reader doesn't agree that only this line comes or goes");
}

type Pairs = readonly (readonly [key: string, value: string])[];

function onePairMore(less: Pairs, full: Pairs, key: string, value: unknown): boolean {
  const at = full.findIndex(([name]) => name === key);
  return full[at]?.[1] === value && JSON.stringify(full.toSpliced(at, 1)) === JSON.stringify(less);
}

function insertPair(
  path: string,
  text: string,
  entries: readonly YamlEntry[],
  key: string,
  value: InsertEntry["value"],
  times: number,
): Splice | Refusal {
  if (times > 0) return refusal("edit-duplicate-key", "the file has this key already");
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(key)) return refusal("edit-unsupported", "it is no key for such a file");
  if (typeof value === "object") return refusal("edit-unsupported", "such a file has single values only");
  if (String(value).includes("{{")) return refusal("edit-template", "the new value is a template");
  const siblings = entries.map((entry) => ({ key: entry.key, single: true }));
  const index = placeAmong(siblings, { key, single: true }, true);
  const model = entries[Math.max(0, index - 1)];
  const written = spell(path, text, model, entries, key, String(value));
  if (written === undefined)
    return refusal("edit-unsupported", "the value holds characters that readers of such files don't agree about");
  if (model === undefined) return insertLines(text, text.length, [written]);
  const at = index === 0 ? lineStart(text, model.keyStart) : nextLine(text, model.keyEnd);
  return insertLines(text, at, [written]);
}

/** As the line beside it: `export`, the space around the separator, the quotes. */
function spell(
  path: string,
  text: string,
  model: YamlEntry | undefined,
  entries: readonly YamlEntry[],
  key: string,
  value: string,
): string | undefined {
  const start = model === undefined ? 0 : lineStart(text, model.keyStart);
  const prefix = model === undefined ? "" : text.slice(start, model.keyStart);
  const scalar = model?.value.kind === "scalar" ? model.value : undefined;
  const gap = model === undefined || scalar === undefined ? "=" : text.slice(model.keyEnd, scalar.start);
  const separator = /[=:]/.test(gap) && !/[=:]\s*$/.test(gap) ? "=" : gap.trim() === "" ? "=" : gap;
  for (const style of stylesFor(path, entries, value))
    if (writablePair(path, style, value)) {
      const quote = { plain: "", single: "'", double: '"', block: "" }[style];
      return prefix + key + separator + quote + value + quote;
    }
  return undefined;
}

type Style = "plain" | "single" | "double" | "block";

/** Quotes where all the others have them, and where the value needs some. */
function stylesFor(path: string, entries: readonly YamlEntry[], value: string): readonly Style[] {
  if (/\.properties$/i.test(path)) return ["plain"];
  const styles = entries.flatMap((entry): Style[] => (entry.value.kind === "scalar" ? [entry.value.style] : []));
  const quote = styles.filter((style) => style === "single").length > styles.length / 2 ? "single" : "double";
  const quoted = styles.length > 0 && styles.every((style) => style !== "plain");
  return quoted || value === "" ? [quote] : ["plain", quote];
}

function removePair(text: string, entries: readonly YamlEntry[], key: string, edit: RemoveEntry): Splice | Refusal {
  const entry = entries.find((each) => each.key === key);
  if (entry?.value.kind !== "scalar") return refusal("edit-not-found", "the file has no such key");
  if (entry.value.value !== edit.before) return refusal("value-drifted", "the file holds another value than expected");
  if (entry.value.value.includes("{{")) return refusal("edit-template", "the value is a template");
  if (entries.length === 1) return refusal("edit-unsupported", "nothing would be left in the file");
  return cutLines(text, lineStart(text, entry.keyStart), nextLine(text, entry.value.end));
}
