/** What an Argo CD Application or a Flux Kustomization adds to the kustomization that it applies. Pure. */
import { at, itemsAt, textAt } from "../catalogue/node-access.ts";
import type { YamlMapping, YamlNode } from "../yaml-tree.ts";
import { keysOf } from "./release-spec.ts";
import { toJson } from "./to-json.ts";
import type { Hindrance } from "./tree-view.ts";

export interface KustomizeOptions {
  /** In place of the kustomization's own entries for the same image, and after the others. */
  readonly images: readonly ImageOption[];
  readonly replicas: readonly { readonly name: string; readonly count: string }[];
  /** As JSON, after the kustomization's own. */
  readonly patches: readonly string[];
}

interface ImageOption {
  readonly name: string;
  readonly newName?: string | undefined;
  readonly newTag?: string | undefined;
  readonly digest?: string | undefined;
}

/** What is the same for all objects before and after makes no difference between them, so it is left out. */
const constant =
  "version namePrefix nameSuffix commonLabels commonAnnotations commonAnnotationsEnvsubst commonMetadata forceCommonLabels " +
  "forceCommonAnnotations labelWithoutSelector labelIncludeTemplates namespace kubeVersion apiVersions";
const unfollowed = new Set(["components", "patchesStrategicMerge", "patchesJson6902"]);
const followed = new Set(`images replicas patches ${constant}`.split(" "));

/** Of a source of an Application. `override`: what Argo CD's own file in the directory says instead. */
export function argoOptions(
  source: YamlNode,
  override: YamlNode | undefined,
  file: string,
): KustomizeOptions | Hindrance {
  const own = at(source, "kustomize");
  const unknown = keysOf(own).find((key) => !followed.has(key)) ?? keysOf(override).find((key) => key !== "images");
  if (unknown !== undefined) return { why: "unknown-key", file, name: unknown };
  const options = optionsIn(own, file);
  return "why" in options || at(override, "images") === undefined
    ? options
    : { ...options, images: imagesIn(override) };
}

/** Of a Flux Kustomization. */
export function fluxOptions(object: YamlNode, file: string): KustomizeOptions | Hindrance {
  const spec = at(object, "spec");
  const unknown = keysOf(spec).find((key) => unfollowed.has(key));
  return unknown === undefined ? optionsIn(spec, file) : { why: "unknown-key", file, name: unknown };
}

function optionsIn(options: YamlNode | undefined, file: string): KustomizeOptions | Hindrance {
  const patches: string[] = [];
  for (const patch of itemsAt(options, "patches")) {
    const text = toJson(patch);
    const key = keysOf(patch).find((each) => !["patch", "target", "options"].includes(each));
    if (text === undefined || key !== undefined) return { why: "unknown-key", file, name: `patches.${key ?? ""}` };
    patches.push(text);
  }
  const replicas = itemsAt(options, "replicas").map((item) => ({
    name: textAt(item, "name") ?? "",
    count: textAt(item, "count") ?? "",
  }));
  if (replicas.some(({ count }) => !/^\d{1,9}$/.test(count))) return { why: "unknown-key", file, name: "replicas" };
  return { images: imagesIn(options), replicas, patches };
}

function imagesIn(options: YamlNode | undefined): readonly ImageOption[] {
  return itemsAt(options, "images").flatMap((item) => {
    const text = textAt(item);
    return text === undefined ? (imageItem(item) ?? []) : [parseImage(text)];
  });
}

function imageItem(item: YamlNode): ImageOption | undefined {
  const name = textAt(item, "name");
  const [newName, newTag, digest] = [textAt(item, "newName"), textAt(item, "newTag"), textAt(item, "digest")];
  return name === undefined ? undefined : { name, newName, newTag, digest };
}

/** `[name=]newName[:newTag][@digest]`, as `kustomize edit set image` has it. */
function parseImage(text: string): ImageOption {
  const [, name, rest = ""] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? [];
  const [, image = "", newTag, digest] = /^(.*?)(?::([^:/@]*))?(?:@(.*))?$/s.exec(rest) ?? [];
  return name === undefined ? { name: image, newTag, digest } : { name, newName: image, newTag, digest };
}

/** The kustomization with what is added; undefined where it can't be written as JSON. */
export function withOptions(
  root: YamlMapping,
  options: KustomizeOptions,
  instead: ReadonlyMap<YamlNode, string>,
): string | undefined {
  const entries = new Map<string, string>();
  for (const { key = "", value } of root.entries) {
    const text = toJson(value, instead);
    if (text === undefined) return undefined;
    entries.set(key, text);
  }
  const added = {
    images: options.images.map((image) => JSON.stringify(mergedImage(root, image))),
    replicas: options.replicas.map(({ name, count }) => `{"name":${JSON.stringify(name)},"count":${count}}`),
    patches: options.patches,
  };
  const replaced = { images: options.images, replicas: options.replicas, patches: [] };
  for (const list of ["images", "replicas", "patches"] as const) {
    if (added[list].length === 0) continue;
    const names = new Set(replaced[list].map(({ name }) => name));
    const kept = itemsAt(root, list).filter((item) => !names.has(textAt(item, "name") ?? ""));
    entries.set(list, `[${[...kept.map((item) => toJson(item, instead)), ...added[list]].join(",")}]`);
  }
  return `{${[...entries].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}

/** The name that the kustomization has given the image stays where no other is asked for. */
function mergedImage(root: YamlMapping, image: ImageOption): ImageOption {
  const own = itemsAt(root, "images").find((item) => textAt(item, "name") === image.name);
  const newName = image.newName ?? textAt(own, "newName");
  return { ...image, newName };
}
