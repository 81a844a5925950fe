/** What the common YAML readers take a plain scalar for. They don't agree: YAML 1.1 has booleans, octals and dates that 1.2 hasn't. */
import { CORE_SCHEMA, load, YAML11_SCHEMA } from "js-yaml";
import { parse } from "yaml";

/** `string` only where every reader says so; otherwise what each one says. */
export function plainType(text: string): string {
  if (text === "<<" || text === "=") return "special";
  const readings = [
    typeName(text, () => load(text, { schema: CORE_SCHEMA })),
    typeName(text, () => load(text, { schema: YAML11_SCHEMA })),
    typeName(text, () => parse(text, { version: "1.2", schema: "core" })),
    typeName(text, () => parse(text, { version: "1.1" })),
  ];
  return new Set(readings).size === 1 ? (readings[0] ?? "unreadable") : readings.join("/");
}

function typeName(text: string, read: () => unknown): string {
  try {
    return valueType(text, read());
  } catch {
    return "unreadable";
  }
}

/** The type of a value that a reader made of this text. */
export function valueType(text: string, value: unknown): string {
  if (value === null) return "null";
  if (value instanceof Date) return "date";
  // `6e59911` overflows to infinity here and stays text for readers written in Go: it is a commit id far more often than a number.
  if (typeof value === "number" && !Number.isFinite(value) && !/inf|nan/i.test(text)) return "string";
  return typeof value;
}
