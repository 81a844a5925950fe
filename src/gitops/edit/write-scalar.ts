/** How a new value is spelled in the place of an old one: the old quotes stay, and so does the type. */
import type { YamlScalar } from "../yaml-tree.ts";
import type { Located } from "./locate-scalar.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { plainType } from "./scalar-type.ts";
import { inQuotes, plainSafe, unsafeText } from "./spelling.ts";

export interface Written {
  readonly outcome: "written";
  readonly text: string;
}

export function writeScalar({ scalar, flow }: Located, value: string): Written | Refusal {
  const unsafe = unsafeText(value);
  if (unsafe !== undefined) return unsafe;
  if (scalar.style === "double") return written(inQuotes('"', value));
  if (scalar.style === "single") return written(inQuotes("'", value));
  return writePlain(scalar, flow, value);
}

function writePlain(scalar: YamlScalar, flow: boolean, value: string): Written | Refusal {
  const before = plainType(scalar.value);
  const after = plainSafe(value, flow) ? plainType(value) : "unreadable";
  if (before === "string") return written(after === "string" ? value : inQuotes('"', value));
  if (before !== after) return refusal("edit-type-changed", "the new value would have another type than the old one");
  if (/number/.test(after) && String(Number(value)) !== value)
    return refusal("edit-type-changed", "the new value would be read as a number that is written differently");
  return written(value);
}

function written(text: string): Written {
  return { outcome: "written", text };
}
