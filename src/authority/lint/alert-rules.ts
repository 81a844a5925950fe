import { isMap, isScalar, parseAllDocuments, visit } from "yaml";
import { nestsTooDeeply } from "../../gitops/nests-too-deeply.ts";

/** The names of alerts that Prometheus's rules in a text raise, wherever in it they stand; never throws. */
export function alertRules(text: string): readonly string[] {
  if (!/\balert["']?\s*:/.test(text) || !/\bexpr["']?\s*:/.test(text)) return [];
  if (nestsTooDeeply(text)) return [];
  const names: string[] = [];
  try {
    const documents = parseAllDocuments(text, { version: "1.2", uniqueKeys: false });
    for (const document of Array.isArray(documents) ? documents : []) {
      visit(document, {
        Map(_, node) {
          const name = isMap(node) && node.has("expr") ? node.get("alert", true) : undefined;
          if (isScalar(name) && typeof name.value === "string") names.push(name.value);
        },
      });
    }
  } catch {
    // Nested too deeply, or a template: what can't be read names no alert.
  }
  return names;
}
