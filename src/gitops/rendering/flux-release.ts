import { at, itemsAt, textAt } from "../catalogue/node-access.ts";
import { resolveLink } from "../catalogue/resolve-link.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { escapedValue, type Place, type ReleaseSpec } from "./release-spec.ts";
import type { RenderedObject } from "./rendered-object.ts";
import { toJson } from "./to-json.ts";
import { type Hindrance, isPlain } from "./tree-view.ts";

/** Of a HelmRelease whose chart is a directory of its Git repository. */
export function fluxRelease(object: YamlNode, place: Place): ReleaseSpec | Hindrance {
  const { file, view } = place;
  const spec = at(object, "spec");
  const chart = at(spec, "chart", "spec");
  const path = textAt(chart, "chart");
  const directory = resolveLink("", path ?? "", "root") ?? "";
  const isHere = isPlain(view.mode(directory === "" ? "Chart.yaml" : `${directory}/Chart.yaml`));
  if (path === undefined || textAt(chart, "sourceRef", "kind") !== "GitRepository" || !isHere)
    return { why: "remote", file, name: path ?? textAt(spec, "chartRef", "name") };
  if (itemsAt(spec, "postRenderers").length > 0) return { why: "unknown-key", file, name: "postRenderers" };
  const values: string[] = [];
  const files = itemsAt(chart, "valuesFiles");
  for (const item of files) {
    const name = textAt(item) ?? "";
    const text = view.text(resolveLink("", name, "root") ?? "");
    if (text === undefined) return { why: "missing", file, name };
    values.push(text);
  }
  const set: { readonly text: string; readonly string: boolean }[] = [];
  for (const item of itemsAt(spec, "valuesFrom")) {
    const text = referenced(item, place.siblings);
    const target = textAt(item, "targetPath");
    if (text === undefined) return { why: "remote", file, name: textAt(item, "name") };
    if (target === undefined) values.push(text);
    else set.push({ text: `${target}=${escapedValue(text)}`, string: false });
  }
  const inline = at(spec, "values");
  const own = inline === undefined ? undefined : toJson(inline);
  if (inline !== undefined && own === undefined) return { why: "unreadable", file };
  if (own !== undefined) values.push(own);
  const name = textAt(object, "metadata", "name") ?? "release";
  const target = textAt(spec, "targetNamespace");
  return {
    chart: directory,
    release: textAt(spec, "releaseName") ?? (target === undefined ? name : `${target}-${name}`),
    namespace: target ?? textAt(object, "metadata", "namespace") ?? "default",
    values,
    ...(files.length > 0 ? { withoutOwnValues: true as const } : {}),
    set,
  };
}

/** Of a ConfigMap that is rendered beside it. What a Secret holds isn't looked at. */
function referenced(item: YamlNode, siblings: readonly RenderedObject[]): string | undefined {
  if (textAt(item, "kind") !== "ConfigMap") return undefined;
  const found = siblings.filter(({ kind, name }) => kind === "ConfigMap" && name === textAt(item, "name"));
  return found.length === 1 ? textAt(found[0]?.root, "data", textAt(item, "valuesKey") ?? "values.yaml") : undefined;
}
