/** A query parameter's text as the type that its schema wants, or the text itself when it isn't of that type. */
import type { Schema } from "./allowed-keys.ts";

export function coerceQuery(schema: Schema, text: string): unknown {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  if ((types.includes("integer") || types.includes("number")) && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  return types.includes("array") ? text.split(",") : text;
}
