/** A short, stable fingerprint of plain data, for identities such as branch names and markers. */
import { createHash } from "node:crypto";

/** SHA-256 over canonical JSON (object keys sorted), as lowercase hex, cut to `length` characters. */
export function digest(value: unknown, length = 12): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, length);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
