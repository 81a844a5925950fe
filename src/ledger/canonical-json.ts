/** JSON in the one form that RFC 8785 allows, so that equal values have equal bytes and digests. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { RemitError } from "../errors.ts";

/** Throws RemitError internal for what JSON can't hold: no number, half a character, nothing at all. */
export function canonicalJson(value: unknown): string {
  try {
    const text = canonicalize(value);
    if (text !== undefined) return text;
  } catch (cause) {
    throw new RemitError("internal", "a value has no canonical JSON", { cause });
  }
  throw new RemitError("internal", "nothing has no canonical JSON");
}

/** `value` is what the text was parsed to. Most texts need no second look: their keys stand in order, and reading them changed nothing. */
export function isCanonicalJson(text: string, value: unknown): boolean {
  if (JSON.stringify(value) === text && isOrdered(value)) return true;
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

function isOrdered(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isOrdered);
  if (value === null || typeof value !== "object") return true;
  let last: string | undefined;
  for (const [key, item] of Object.entries(value)) {
    if ((last !== undefined && key <= last) || !key.isWellFormed() || !isOrdered(item)) return false;
    last = key;
  }
  return true;
}

/** SHA-256 of the canonical JSON's UTF-8 bytes, 64 lowercase hex digits. */
export function canonicalDigest(value: unknown): string {
  return textDigest(canonicalJson(value));
}

/** SHA-256 of a text's UTF-8 bytes, or of the bytes themselves, 64 lowercase hex digits. */
export function textDigest(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
