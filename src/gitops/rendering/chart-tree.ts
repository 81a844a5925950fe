/** What has to be laid out to render a chart: all of its directory, with everything that it depends on inside. Pure. */
import { itemsAt, textAt } from "../catalogue/node-access.ts";
import { parseYamlTree } from "../yaml-tree.ts";
import { type Hindrance, isPlain, type RenderTree, type TreeView } from "./tree-view.ts";

/** Never throws. */
export function chartTree(directory: string, view: TreeView): RenderTree | Hindrance {
  const prefix = directory === "" ? "" : `${directory}/`;
  const copied = new Set<string>();
  for (const path of view.below(directory)) {
    if (!isPlain(view.mode(path))) return { why: "not-plain", file: path };
    copied.add(path);
  }
  const missing = missingDependency(prefix, view, copied);
  return missing ?? { written: new Map(), copied: new Map([...copied].map((path) => [path, path])) };
}

/** Of the chart itself, and of those inside it. Helm wants all that are named, switched on or not. */
function missingDependency(prefix: string, view: TreeView, files: ReadonlySet<string>): Hindrance | undefined {
  const chart = `${prefix}Chart.yaml`;
  if (!files.has(chart)) return { why: "missing", file: chart };
  for (const file of [chart, `${prefix}requirements.yaml`]) {
    if (!files.has(file)) continue;
    const text = view.text(file);
    const parsed = text === undefined ? undefined : parseYamlTree(text);
    if (parsed?.ok !== true) return { why: "unreadable", file };
    for (const dependency of itemsAt(parsed.documents[0], "dependencies")) {
      const name = textAt(dependency, "name");
      if (name === undefined || !isVendored(`${prefix}charts/`, name, files)) return { why: "remote", file, name };
    }
  }
  for (const file of files) {
    const inner = file.startsWith(`${prefix}charts/`)
      ? /^[^/]+\/Chart\.yaml$/.exec(file.slice(prefix.length + 7))
      : null;
    if (inner === null) continue;
    const missing = missingDependency(file.slice(0, -"Chart.yaml".length), view, files);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function isVendored(charts: string, name: string, files: ReadonlySet<string>): boolean {
  if (files.has(`${charts}${name}/Chart.yaml`)) return true;
  for (const file of files)
    if (file.startsWith(`${charts}${name}-`) && /^\d[^/]*\.tgz$/.test(file.slice(charts.length + name.length + 1)))
      return true;
  return false;
}
