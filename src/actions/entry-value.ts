/** What stands at a node, as an entry that is taken away is compared with it. Pure. */
import type { EntryValue, RemoveEntry } from "../gitops/edit/edit.ts";
import { toJson } from "../gitops/rendering/to-json.ts";
import type { YamlNode } from "../gitops/yaml-tree.ts";

/** undefined for a scalar, and for what two readers could take for different things. */
export function collectionValue(node: YamlNode): Exclude<RemoveEntry["before"], string> | undefined {
  const json = toJson(node);
  const value: unknown = json === undefined ? undefined : JSON.parse(json);
  return typeof value === "object" && isEntryValue(value) && value !== null ? value : undefined;
}

function isEntryValue(value: unknown): value is EntryValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  return typeof value === "object" && Object.values(value).every(isEntryValue);
}
