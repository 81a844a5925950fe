/** What may be written as a new entry: safe text, numbers that every reader takes for the same, and not too much of it. */
import type { EntryValue } from "../edit.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { plainType } from "../scalar-type.ts";
import { unsafeText } from "../spelling.ts";

const maxDepth = 16;
const maxNodes = 500;
/** YAML reads no longer key without a mark before it. */
const maxKeyLength = 1000;

/** undefined when it may be written. */
export function checkValue(value: EntryValue): Refusal | undefined {
  return check(value, maxDepth, { left: maxNodes });
}

export function checkKey(key: string): Refusal | undefined {
  if (key === "<<") return refusal("edit-alias", "the new key would merge another mapping");
  return key.length > maxKeyLength ? refusal("edit-unsupported", "the new key is too long") : unsafeText(key);
}

function check(value: EntryValue, depth: number, nodes: { left: number }): Refusal | undefined {
  if (depth === 0 || nodes.left-- === 0) return refusal("edit-unsupported", "the new value is too large");
  if (typeof value === "string") return unsafeText(value);
  if (typeof value === "number") return checkNumber(value);
  if (typeof value === "boolean" || value === null) return undefined;
  // An item's index is as good a key as any.
  for (const [key, child] of Object.entries(value)) {
    const refused = checkKey(key) ?? check(child, depth - 1, nodes);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkNumber(value: number): Refusal | undefined {
  const exact = Number.isSafeInteger(value) || !Number.isInteger(value);
  return exact && !Object.is(value, -0) && plainType(String(value)) === "number"
    ? undefined
    : refusal("edit-unsupported", "the new value is a number that readers don't agree about");
}
