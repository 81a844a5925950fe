import { itemsAt, textAt } from "../catalogue/node-access.ts";
import { resolveLink } from "../catalogue/resolve-link.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { escapedValue, keysOf, type Place, type ReleaseSpec } from "./release-spec.ts";
import { toJson } from "./to-json.ts";
import type { Hindrance } from "./tree-view.ts";

const unfollowedByHelmfile = new Set(
  "secrets inherit transforms jsonPatches strategicMergePatches postRenderer setTemplate valuesTemplate forceNamespace dependencies".split(
    " ",
  ),
);

/** Of an entry of a helmfile, without templates. */
export function helmfileRelease(
  entry: YamlNode,
  { file, view }: Pick<Place, "file" | "view">,
): ReleaseSpec | Hindrance {
  const name = textAt(entry, "name") ?? "";
  const unknown = keysOf(entry).find((key) => unfollowedByHelmfile.has(key));
  if (unknown !== undefined) return { why: "unknown-key", file, name: unknown };
  const chart = textAt(entry, "chart") ?? "";
  const directory = /^\.{1,2}\//.test(chart) ? resolveLink(file, chart, "file") : undefined;
  if (directory === undefined) return { why: "remote", file, name: chart };
  const values: string[] = [];
  for (const item of itemsAt(entry, "values")) {
    const path = textAt(item);
    const text = path === undefined ? toJson(item) : view.text(resolveLink(file, path, "file") ?? "");
    if (text === undefined || path?.endsWith(".gotmpl")) return { why: "missing", file, name: path };
    values.push(text);
  }
  const set = itemsAt(entry, "set").map((item) => ({
    text: `${textAt(item, "name") ?? ""}=${escapedValue(textAt(item, "value") ?? "")}`,
    string: false,
  }));
  const texts = [name, chart, ...set.map(({ text }) => text), toJson(entry) ?? "{{"];
  if (texts.some((text) => text.includes("{{"))) return { why: "unreadable", file, name };
  return { chart: directory, release: name, namespace: textAt(entry, "namespace") ?? "default", values, set };
}
