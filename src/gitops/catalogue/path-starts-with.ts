import type { FieldPath } from "./catalogue.ts";

/** Is this the place `start`, or one below it? */
export function pathStartsWith(path: FieldPath, start: FieldPath): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}
