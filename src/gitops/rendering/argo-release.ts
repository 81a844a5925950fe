import { at, itemsAt, textAt } from "../catalogue/node-access.ts";
import { resolveLink } from "../catalogue/resolve-link.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { escapedValue, keysOf, type Place, type ReleaseSpec } from "./release-spec.ts";
import { toJson } from "./to-json.ts";
import { type Hindrance, isPlain } from "./tree-view.ts";

const followedByArgo = new Set(
  (
    "valueFiles values valuesObject parameters releaseName ignoreMissingValueFiles skipCrds passCredentials version namespace " +
    "kubeVersion apiVersions skipSchemaValidation skipTests fileParameters"
  ).split(" "),
);

/** Of a source of an Application whose path is a chart. `override`: what Argo CD's own file beside the chart says instead. */
export function argoRelease(
  object: YamlNode,
  source: YamlNode,
  override: YamlNode | undefined,
  { file, view }: Place,
): ReleaseSpec | Hindrance {
  const helm = at(source, "helm");
  const chart = resolveLink("", textAt(source, "path") ?? "", "root") ?? "";
  const unknown = [...keysOf(helm).filter((key) => !followedByArgo.has(key))];
  if (itemsAt(helm, "fileParameters").length > 0) unknown.push("fileParameters");
  unknown.push(...keysOf(override).filter((key) => key !== "parameters"));
  if (unknown[0] !== undefined) return { why: "unknown-key", file, name: unknown[0] };
  const values: string[] = [];
  for (const item of itemsAt(helm, "valueFiles")) {
    const name = textAt(item) ?? "";
    const path = valueFile(chart, name);
    const text = path === undefined || !isPlain(view.mode(path)) ? undefined : view.text(path);
    if (text !== undefined) values.push(text);
    else if (path === undefined || /[$*]|:\/\//.test(path)) return { why: "remote", file, name };
    else if (textAt(helm, "ignoreMissingValueFiles") !== "true") return { why: "missing", file, name };
  }
  const inline = at(helm, "valuesObject");
  const own = inline === undefined ? textAt(helm, "values") : toJson(inline);
  if (inline !== undefined && own === undefined) return { why: "unreadable", file };
  if (own !== undefined) values.push(own);
  const parameters = itemsAt(at(override, "parameters") === undefined ? helm : override, "parameters");
  const set = parameters.map((item) => ({
    text: `${textAt(item, "name") ?? ""}=${escapedValue(textAt(item, "value") ?? "")}`,
    string: textAt(item, "forceString") === "true",
  }));
  if ([...values, ...set.map(({ text }) => text)].some((text) => text.includes("$ARGOCD_")))
    return { why: "unknown-key", file, name: "$ARGOCD_…" };
  return {
    chart,
    release: textAt(helm, "releaseName") ?? textAt(object, "metadata", "name") ?? "release",
    namespace: textAt(helm, "namespace") ?? textAt(object, "spec", "destination", "namespace") ?? "default",
    values,
    set,
  };
}

/** From the chart on; from the root behind a slash, and behind the name of another source of the same repository. */
function valueFile(chart: string, name: string): string | undefined {
  const local = name.replace(/^\$[\w-]+\//, "/");
  return local.startsWith("/") ? resolveLink("", local, "root") : resolveLink(`${chart}/Chart.yaml`, local, "file");
}
