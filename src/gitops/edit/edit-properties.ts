/** Changes values of `.env` and `.properties` files byte-exactly, or refuses with a reason. One reader locates, another one proves. Pure. */
import { readProperties } from "../catalogue/read-properties.ts";
import type { YamlMapping, YamlScalar } from "../yaml-tree.ts";
import { applySplices } from "./apply-splices.ts";
import type { EditResult, ScalarEdit, Splice } from "./edit.ts";
import { readPairs } from "./read-pairs.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** UTF-16 units; the same limits as for YAML. */
const maxLength = 1024 * 1024;
const maxValueLength = 4096;

/** All edits or none. The file is one mapping: its document is 0, and a path is the key alone. */
export function editProperties(path: string, text: string, edits: readonly ScalarEdit[]): EditResult {
  if (text.length > maxLength) return refusal("file-too-large", "the file is too large to be edited");
  const root = readProperties(path, text);
  const splices: Splice[] = [];
  for (const edit of edits) {
    const splice = spliceFor(path, root, edit);
    if ("outcome" in splice) return splice;
    splices.push(splice);
  }
  splices.sort((a, b) => a.start - b.start);
  if (
    splices.some((splice, index) => splice.start < (splices[index - 1]?.end ?? 0) || same(splice, splices[index - 1]))
  )
    return refusal("edit-unsupported", "two edits concern the same value");
  const result = applySplices(text, splices);
  return prove(path, text, result, edits) ?? { outcome: "edited", text: result, splices };
}

function same(splice: Splice, other: Splice | undefined): boolean {
  return splice.start === other?.start && splice.end === other.end;
}

function spliceFor(
  path: string,
  root: YamlMapping,
  { document, path: keys, before, after }: ScalarEdit,
): Splice | Refusal {
  const [key, ...rest] = keys;
  const scalar = root.entries.find((entry) => entry.key === key)?.value;
  if (document !== 0 || rest.length > 0 || scalar?.kind !== "scalar")
    return refusal("edit-not-found", "the file has no such key");
  if (scalar.value !== before) return refusal("value-drifted", "the file holds another value than expected");
  if (before.includes("{{") || after.includes("{{")) return refusal("edit-template", "the value is a template");
  // The old value, too: it must be possible to write it again.
  if (!writablePair(path, scalar.style, before) || !writablePair(path, scalar.style, after))
    return refusal("edit-unsupported", "the value holds characters that readers of such files don't agree about");
  return { start: scalar.start, end: scalar.end, replacement: quoted(scalar, after) };
}

function quoted({ style }: YamlScalar, value: string): string {
  return style === "single" ? `'${value}'` : style === "double" ? `"${value}"` : value;
}

/** What every reader takes for the same value: no escapes, variables, comments, quotes within or space around it; nothing at all has no place of its own. */
export function writablePair(path: string, style: YamlScalar["style"], value: string): boolean {
  if (value.length > maxValueLength || !/^[\x20-\x7e]*$/.test(value) || /[\\$`'"]/.test(value)) return false;
  if (style !== "plain") return true;
  if (value === "" || value !== value.trim()) return false;
  return /\.properties$/i.test(path) ? !/^[=:#!]/.test(value) : !/[\s#]/.test(value);
}

/** The second opinion: exactly these keys change, from the one value to the other, and everything else reads as before. */
function prove(path: string, before: string, after: string, edits: readonly ScalarEdit[]): Refusal | undefined {
  const [old, fresh] = [readPairs(path, before), readPairs(path, after)];
  const expected = new Map(edits.map((edit) => [edit.path[0], edit]));
  const seen = new Set<string>();
  const proved =
    old.length === fresh.length &&
    old.every(([key, value], index) => {
      const [newKey, newValue] = fresh[index] ?? [];
      const edit = expected.get(key);
      if (edit !== undefined && seen.has(key)) return false;
      seen.add(key);
      if (newKey !== key) return false;
      return edit === undefined ? newValue === value : value === edit.before && newValue === edit.after;
    });
  if (old.filter(([key]) => expected.has(key)).length > expected.size)
    return refusal("edit-duplicate-key", "the key is written twice");
  const all = [...expected.keys()].every((key) => typeof key === "string" && seen.has(key));
  return proved && all
    ? undefined
    : refusal("edit-not-proved", "the second reader doesn't agree that only this value changes");
}
