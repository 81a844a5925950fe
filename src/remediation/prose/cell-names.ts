import { inlineCode } from "./untrusted.ts";

/** For a cell of a table. A bar would end the cell, in code, too. */
export function cellNames(all: readonly string[]): string {
  const shown = all.slice(0, 8).map((name) => inlineCode(name.replaceAll("|", "¦"), 80));
  return all.length > shown.length ? `${shown.join(" ")} and ${all.length - shown.length} more` : shown.join(" ");
}
