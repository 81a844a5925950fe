/** What a controller makes of its object: an Application, a HelmRelease, a Flux Kustomization, an entry of a helmfile. */
import { at, isMapping, itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import { readTree } from "../../gitops/catalogue/read-tree.ts";
import { resolveLink } from "../../gitops/catalogue/resolve-link.ts";
import { directoryOf } from "../../gitops/directory-of.ts";
import { argoRelease } from "../../gitops/rendering/argo-release.ts";
import { fluxRelease } from "../../gitops/rendering/flux-release.ts";
import { argoOptions, fluxOptions } from "../../gitops/rendering/kustomize-options.ts";
import { keysOf, type Place } from "../../gitops/rendering/release-spec.ts";
import type { RenderedObject } from "../../gitops/rendering/rendered-object.ts";
import { type Hindrance, isPlain, type TreeView } from "../../gitops/rendering/tree-view.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import { hindranceText } from "./hindrance-text.ts";
import { notRendered, type Rendered, type RenderSession } from "./render-session.ts";

/** Is it one that applies something else? */
export function isController({ group, kind }: RenderedObject): boolean {
  return (
    (group === "argoproj.io" && kind === "Application") ||
    (group === "helm.toolkit.fluxcd.io" && kind === "HelmRelease") ||
    (group === "kustomize.toolkit.fluxcd.io" && kind === "Kustomization")
  );
}

/** `file`: where it stands, for people. `siblings`: what is rendered beside it. */
export async function expand(
  session: RenderSession,
  object: RenderedObject,
  file: string,
  siblings: readonly RenderedObject[],
): Promise<Rendered> {
  const place = { file, view: session.side.view, siblings };
  if (object.kind === "Application") return expandApplication(session, object.root, place);
  if (object.kind === "HelmRelease") {
    const spec = fluxRelease(object.root, place);
    return "why" in spec ? hindered(spec) : session.helm(spec);
  }
  return expandKustomization(session, object.root, file);
}

/** All of its sources together. */
async function expandApplication(session: RenderSession, object: YamlNode, place: Place): Promise<Rendered> {
  const sources = itemsAt(object, "spec", "sources");
  const [single] = sources.length > 0 ? [] : [at(object, "spec", "source")];
  const rendered: Rendered[] = [];
  for (const source of single === undefined ? sources : [single]) {
    // Only a name for files that others take values from.
    if (textAt(source, "ref") !== undefined && textAt(source, "path") === undefined && !has(source, "chart")) continue;
    rendered.push(await expandSource(session, object, source, place));
  }
  return together(rendered);
}

function has(node: YamlNode, key: string): boolean {
  return at(node, key) !== undefined;
}

async function expandSource(
  session: RenderSession,
  object: YamlNode,
  source: YamlNode,
  place: Place,
): Promise<Rendered> {
  const { file, view } = place;
  const path = textAt(source, "path");
  const directory = path === undefined ? undefined : resolveLink("", path, "root");
  if (has(source, "chart") || directory === undefined)
    return hindered({ why: "remote", file, name: textAt(source, "chart") ?? path });
  if (has(source, "plugin")) return hindered({ why: "runs-code", file, name: "plugin" });
  const override = overrideIn(directory, textAt(object, "metadata", "name") ?? "", view);
  if (isFile(directory, "Chart.yaml", view)) {
    const spec = argoRelease(object, source, at(override, "helm"), place);
    return "why" in spec ? hindered(spec) : session.helm(spec);
  }
  if (isFile(directory, "kustomization.yaml", view) || isFile(directory, "kustomization.yml", view)) {
    const options = argoOptions(source, at(override, "kustomize"), file);
    return "why" in options ? hindered(options) : session.kustomize({ directory, options });
  }
  const files = view.below(directory).filter((each) => /\.(?:ya?ml|json)$/.test(each));
  const recurse = textAt(source, "directory", "recurse") === "true";
  const own = recurse ? files : files.filter((each) => directoryOf(each) === directory);
  if (has(source, "directory") && keysOf(at(source, "directory")).some((key) => key !== "recurse"))
    return hindered({ why: "unknown-key", file, name: "directory" });
  return own.length === 0
    ? hindered({ why: "remote", file, name: path })
    : together(own.map((each) => session.objects(each)));
}

function isFile(directory: string, name: string, view: TreeView): boolean {
  return isPlain(view.mode(directory === "" ? name : `${directory}/${name}`));
}

/** The one for this Application counts more than the one for all. */
function overrideIn(directory: string, name: string, view: TreeView): YamlNode | undefined {
  for (const file of [`.argocd-source-${name}.yaml`, ".argocd-source.yaml"]) {
    const path = directory === "" ? file : `${directory}/${file}`;
    const text = view.text(path);
    const parsed = text === undefined ? undefined : readTree(path, text);
    if (parsed?.ok === true && isMapping(parsed.documents[0])) return parsed.documents[0];
  }
  return undefined;
}

async function expandKustomization(session: RenderSession, object: YamlNode, file: string): Promise<Rendered> {
  const path = textAt(object, "spec", "path") ?? "";
  const directory = resolveLink("", path, "root");
  if (directory === undefined) return hindered({ why: "outside", file, name: path });
  const options = fluxOptions(object, file);
  if ("why" in options) return hindered(options);
  const variables = variablesOf(object);
  return session.kustomize({ directory, options, ...(variables === undefined ? {} : { variables }) });
}

/** Those that it sets itself; undefined where it fills in nothing. What others set isn't known here. */
function variablesOf(object: YamlNode): ReadonlyMap<string, string> | undefined {
  const build = at(object, "spec", "postBuild");
  if (build === undefined) return undefined;
  const own = at(build, "substitute");
  const entries = isMapping(own) ? own.entries : [];
  return new Map(entries.map(({ key = "", value }) => [key, value.kind === "scalar" ? value.value : ""]));
}

function hindered(hindrance: Hindrance): Rendered {
  return notRendered(hindranceText(hindrance));
}

export function together(all: readonly Rendered[]): Rendered {
  const objects: RenderedObject[] = [];
  const by = new Set<string>();
  for (const each of all) {
    if (each.outcome === "not-rendered") return each;
    objects.push(...each.objects);
    for (const tool of each.by) by.add(tool);
  }
  return { outcome: "rendered", objects, by: [...by] };
}
