import { parseYamlTree } from "./yaml-tree.ts";

/** The parser that knows nodes slows down where a text nests without end; the one that knows events stops early, and tells. */
export function nestsTooDeeply(text: string): boolean {
  const scanned = parseYamlTree(text);
  return !scanned.ok && scanned.message.includes("nesting");
}
