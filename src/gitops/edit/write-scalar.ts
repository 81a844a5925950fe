/** How a new value is spelled in the place of an old one: the old quotes stay, and so does the type. */
import type { YamlScalar } from "../yaml-tree.ts";
import type { Located } from "./locate-scalar.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { plainType } from "./scalar-type.ts";

export interface Written {
  readonly outcome: "written";
  readonly text: string;
}

const maxValueLength = 4096;

export function writeScalar({ scalar, flow }: Located, value: string): Written | Refusal {
  if (value.length > maxValueLength) return refusal("edit-unsupported", "the new value is too long");
  if (!/^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u058f\u3041-\u9fff\uac00-\ud7a3]*$/.test(value))
    return refusal("edit-unsupported", "the new value holds characters that can't be written safely");
  if (value.includes("{{")) return refusal("edit-template", "the new value is a template");
  if (scalar.style === "double") return written(JSON.stringify(value));
  if (scalar.style === "single") return written(`'${value.replaceAll("'", "''")}'`);
  return writePlain(scalar, flow, value);
}

function writePlain(scalar: YamlScalar, flow: boolean, value: string): Written | Refusal {
  const before = plainType(scalar.value);
  const after = plainSafe(value, flow) ? plainType(value) : "unreadable";
  if (before === "string") return written(after === "string" ? value : JSON.stringify(value));
  if (before !== after) return refusal("edit-type-changed", "the new value would have another type than the old one");
  if (/number/.test(after) && String(Number(value)) !== value)
    return refusal("edit-type-changed", "the new value would be read as a number that is written differently");
  return written(value);
}

/** Can it stand without quotes? Stricter than YAML itself. */
function plainSafe(value: string, flow: boolean): boolean {
  if (value === "" || value !== value.trim() || /: |:$| #/.test(value)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)/.test(value)) return false;
  if (/^[-?:](?:\s|$)/.test(value)) return false;
  return !flow || !/[,[\]{}]/.test(value);
}

function written(text: string): Written {
  return { outcome: "written", text };
}
