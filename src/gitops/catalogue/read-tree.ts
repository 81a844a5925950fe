/** Any configuration file as trees of scalars with offsets: YAML and JSON by their documents, `.env` and properties as one mapping. */
import { parseYamlTree, type YamlNode, type YamlParse } from "../yaml-tree.ts";
import { isProperties, readProperties } from "./read-properties.ts";
import { writesYaml } from "./writes-yaml.ts";

/** Never throws. A file of another kind has no documents. */
export function readTree(path: string, text: string): YamlParse {
  if (isProperties(path) && !writesYaml(path, text)) {
    const root = readProperties(path, text);
    return { ok: true, documents: root.entries.length === 0 ? [] : [root] };
  }
  if (isProperties(path) || /\.(?:ya?ml|json)$/i.test(path)) return parseYamlTree(text);
  return { ok: true, documents: [] };
}

/** None of a file that isn't there, or that can't be read. */
export function documentsOf(path: string, text: string | undefined): readonly YamlNode[] {
  const parsed = text === undefined ? undefined : readTree(path, text);
  return parsed?.ok === true ? parsed.documents : [];
}
