/** How text stands in YAML: what may be written at all, what stands without quotes, and what quotes make of it. */
import { type Refusal, refusal } from "./refusal.ts";

const maxValueLength = 4096;

/** Why this value isn't written, whatever its quotes; undefined when it may be. */
export function unsafeText(value: string): Refusal | undefined {
  if (value.length > maxValueLength) return refusal("edit-unsupported", "the new value is too long");
  if (!/^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u058f\u3041-\u9fff\uac00-\ud7a3]*$/.test(value))
    return refusal("edit-unsupported", "the new value holds characters that can't be written safely");
  if (value.includes("{{")) return refusal("edit-template", "the new value is a template");
  return undefined;
}

export function inQuotes(quote: '"' | "'", value: string): string {
  return quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

/** Can it stand without quotes? Stricter than YAML itself. */
export function plainSafe(value: string, flow: boolean): boolean {
  if (value === "" || value !== value.trim() || /: |:$| #/.test(value)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)/.test(value)) return false;
  if (/^[-?:](?:\s|$)/.test(value)) return false;
  return !flow || !/[,[\]{}]/.test(value);
}
