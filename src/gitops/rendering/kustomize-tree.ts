/**
 * What has to be laid out to build a kustomization, and whether it may be built at all: of plain files of this repository only, and
 * without anything that is fetched or run. Pure.
 */
import { at, isMapping, itemsAt } from "../catalogue/node-access.ts";
import type { YamlMapping, YamlNode } from "../yaml-tree.ts";
import { parseYamlTree } from "../yaml-tree.ts";
import { type KustomizeOptions, withOptions } from "./kustomize-options.ts";
import { localPath } from "./local-path.ts";
import { toJson } from "./to-json.ts";
import { type Hindrance, isPlain, type RenderTree, type TreeView } from "./tree-view.ts";

/** More than any environment of people's. */
const mostKustomizations = 300;

/** A key that isn't here may name a file, an address or a program, also in another spelling: kustomize doesn't mind case. */
const known: ReadonlySet<string> = new Set(
  (
    "apiVersion kind metadata resources bases components namespace namePrefix nameSuffix commonLabels labels commonAnnotations " +
    "images replicas patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions replacements " +
    "vars configurations crds openapi sortOptions buildMetadata"
  ).split(" "),
);
const running: ReadonlySet<string> = new Set(["generators", "transformers", "validators"]);
const inflating: ReadonlySet<string> = new Set(["helmCharts", "helmGlobals", "helmChartInflationGenerator"]);

/** Keys of the items of lists that may name files. */
const items: Readonly<Record<string, readonly string[]>> = {
  patches: ["path", "patch", "target", "options"],
  patchesJson6902: ["path", "patch", "target", "options"],
  replacements: ["path", "source", "targets"],
  configMapGenerator: ["name", "namespace", "behavior", "type", "files", "envs", "env", "literals", "options"],
  secretGenerator: ["name", "namespace", "behavior", "type", "files", "envs", "env", "literals", "options"],
};

/** `directory`: "" for the repository's root. `options`: what whoever applies it adds. Never throws. */
export function kustomizeTree(directory: string, view: TreeView, options?: KustomizeOptions): RenderTree | Hindrance {
  const written = new Map<string, string>();
  const copied = new Map<string, string>();
  const waiting = [directory];
  const seen = new Set(waiting);
  for (const each of waiting) {
    const file = kustomizationIn(each, view);
    if (file === undefined) return { why: "missing", file: each, name: "kustomization.yaml" };
    if (seen.size > mostKustomizations) return { why: "too-large", file };
    const root = readKustomization(file, view);
    if ("why" in root) return root;
    const named = namedIn(file, root);
    if ("why" in named) return named;
    const moved = new Map<YamlNode, string>();
    for (const { node, name, key, may } of named) {
      const path = localPath(file, name, view);
      if (typeof path !== "string") return path;
      if (isPlain(view.mode(path))) {
        if (isBelow(path, each)) copied.set(path, path);
        else {
          // kustomize reads nothing beside a kustomization; Flux lets it. So the file comes to where it may be read.
          const place = `.beside/${copied.size}/${path.slice(path.lastIndexOf("/") + 1)}`;
          copied.set(each === "" ? place : `${each}/${place}`, path);
          moved.set(node, `${key}${place}`);
        }
      } else if (may === "file" || kustomizationIn(path, view) === undefined) return { why: "missing", file, name };
      else if (!seen.has(path)) {
        seen.add(path);
        waiting.push(path);
      }
    }
    const text = each === directory && options ? withOptions(root, options, moved) : toJson(root, moved);
    if (text === undefined || toJson(root) === undefined) return { why: "unreadable", file };
    written.set(file, text);
  }
  return { written, copied };
}

function isBelow(path: string, directory: string): boolean {
  return directory === "" || path.startsWith(`${directory}/`);
}

/** kustomize refuses two of them in one directory. */
function kustomizationIn(directory: string, view: TreeView): string | undefined {
  const prefix = directory === "" ? "" : `${directory}/`;
  const there = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
    .map((name) => `${prefix}${name}`)
    .filter((path) => isPlain(view.mode(path)));
  return there.length === 1 ? there[0] : undefined;
}

function readKustomization(file: string, view: TreeView): YamlMapping | Hindrance {
  const text = view.text(file);
  const parsed = text === undefined ? undefined : parseYamlTree(text);
  if (parsed?.ok !== true || parsed.documents.length !== 1) return { why: "unreadable", file };
  const [root] = parsed.documents;
  if (!isMapping(root)) return { why: "unreadable", file };
  for (const { key = "" } of root.entries) {
    if (running.has(key)) return { why: "runs-code", file, name: key };
    if (inflating.has(key)) return { why: "inflates-charts", file, name: key };
    if (!known.has(key)) return { why: "unknown-key", file, name: key };
  }
  for (const [list, keys] of Object.entries(items))
    for (const item of itemsAt(root, list))
      for (const { key = "" } of isMapping(item) ? item.entries : [])
        if (!keys.includes(key)) return { why: "unknown-key", file, name: `${list}.${key}` };
  return root;
}

interface Named {
  readonly node: YamlNode;
  readonly name: string;
  /** What stands before the name: the key that a generated value gets. */
  readonly key: string;
  /** What it may name. */
  readonly may: "file" | "either";
}

function namedIn(file: string, root: YamlMapping): readonly Named[] | Hindrance {
  const named: Named[] = [];
  const add = (node: YamlNode | undefined, may: Named["may"] = "file"): boolean => {
    if (node?.kind === "scalar") named.push({ node, name: node.value, key: "", may });
    return node === undefined || node.kind === "scalar";
  };
  const each = (list: string, may?: Named["may"]) => all(root, list).every((item) => add(item, may));
  const paths = (list: string) => all(root, list).every((item) => add(at(item, "path")));
  const source = (node: YamlNode): boolean => {
    if (node.kind === "scalar") named.push({ node, ...sourceOf(node.value), may: "file" });
    return node.kind === "scalar";
  };
  const generators = [...all(root, "configMapGenerator"), ...all(root, "secretGenerator")];
  const complete =
    ["resources", "bases", "components"].every((list) => each(list, "either")) &&
    ["configurations", "crds"].every((list) => each(list)) &&
    ["patches", "patchesJson6902", "replacements"].every(paths) &&
    all(root, "patchesStrategicMerge").every((item) => isInline(item) || add(item)) &&
    add(at(root, "openapi", "path")) &&
    generators.every(
      (item) => add(at(item, "env")) && all(item, "envs").every((env) => add(env)) && all(item, "files").every(source),
    );
  return complete ? named : { why: "unreadable", file };
}

/** What should be a list and isn't one counts as an item that can't be read. */
function all(node: YamlNode | undefined, key: string): readonly YamlNode[] {
  const value = at(node, key);
  if (value === undefined || (value.kind === "scalar" && value.value === "")) return [];
  return value.kind === "sequence" ? value.items : [value];
}

/** A patch that is written into the kustomization has lines; a path has none. */
function isInline(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value.includes("\n");
}

/** `key=path`, or a path whose last part is the key. */
function sourceOf(value: string): Pick<Named, "name" | "key"> {
  const sign = value.indexOf("=") + 1;
  if (sign > 0) return { name: value.slice(sign), key: value.slice(0, sign) };
  return { name: value, key: `${value.slice(value.lastIndexOf("/") + 1)}=` };
}
