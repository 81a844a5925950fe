import type { Scope } from "./catalogue.ts";

/** Tells the places of one repository apart, at any revision: where a scalar or a part stands, not what it says. */
export function fieldKey({ file, document, path }: Scope): string {
  return JSON.stringify([file, document, path]);
}
