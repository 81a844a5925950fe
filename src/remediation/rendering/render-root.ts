/** Renders what a change of a file reaches, at one side of it. */
import { at, itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import { readTree } from "../../gitops/catalogue/read-tree.ts";
import type { ControllerPlace, RenderRoot } from "../../gitops/rendering/find-roots.ts";
import { helmfileRelease } from "../../gitops/rendering/helmfile-release.ts";
import { objectsOf, type RenderedObject } from "../../gitops/rendering/rendered-object.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import { expand, together } from "./expand.ts";
import { hindranceText } from "./hindrance-text.ts";
import { notRendered, type Rendered, type RenderSession } from "./render-session.ts";

/** `concerns`: paths that the change touches. */
export async function renderRoot(
  session: RenderSession,
  root: RenderRoot,
  concerns: ReadonlySet<string>,
): Promise<Rendered> {
  switch (root.kind) {
    case "objects":
      return session.objects(root.file);
    case "kustomization":
      return root.by === undefined
        ? session.kustomize({ directory: root.directory })
        : applied(session, root.by, concerns);
    case "release":
      return applied(session, root.by, concerns);
    case "chart":
      return notRendered("no Application, HelmRelease or helmfile of this repository installs the chart");
    case "generated":
      return root.sets.every((file) => appliesAsWritten(file, session))
        ? session.kustomize({ directory: root.directory })
        : notRendered("an ApplicationSet fills in how it is applied");
  }
}

/** No template in the file says anything about how a path is rendered. */
function appliesAsWritten(file: string, session: RenderSession): boolean {
  const text = session.side.view.text(file);
  const parsed = text === undefined ? undefined : readTree(file, text);
  if (parsed?.ok !== true) return false;
  const sets = parsed.documents.filter((document) => textAt(document, "kind") === "ApplicationSet");
  return sets.every((set) => {
    const template = at(set, "spec", "template", "spec");
    const sources = [at(template, "source"), ...itemsAt(template, "sources")];
    const options = ["kustomize", "helm", "plugin", "directory"];
    return (
      at(set, "spec", "templatePatch") === undefined &&
      sources.every((source) => options.every((key) => at(source, key) === undefined)) &&
      !hasTemplate(at(set, "spec", "generators"))
    );
  });
}

/** A generator's own template counts over the common one. */
function hasTemplate(node: YamlNode | undefined): boolean {
  if (node?.kind === "sequence") return node.items.some(hasTemplate);
  if (node?.kind !== "mapping") return false;
  return node.entries.some(({ key, value }) =>
    key === "template" ? value.kind === "mapping" && value.entries.length > 0 : hasTemplate(value),
  );
}

/** What a controller makes of its object, as that is where it lives: something may patch it before. */
async function applied(
  session: RenderSession,
  place: ControllerPlace,
  concerns: ReadonlySet<string>,
): Promise<Rendered> {
  const { file, document, within } = place;
  const text = session.side.view.text(file);
  const parsed = text === undefined ? undefined : readTree(file, text);
  if (parsed === undefined) return together([]);
  const root = parsed.ok ? parsed.documents[document] : undefined;
  if (root === undefined) return notRendered("its controller's object can't be read");
  const [object] = objectsOf([root]) ?? [];
  if (object === undefined) return helmfile(session, root, file, concerns);
  if (within.length === 0) {
    const siblings = (parsed.ok ? objectsOf(parsed.documents) : undefined) ?? [];
    return expand(session, object, file, siblings);
  }
  const rendered: Rendered[] = [];
  for (const directory of within) {
    const around = await session.kustomize({ directory });
    if (around.outcome === "not-rendered") return around;
    const found = sameIn(around.objects, object);
    if (found === undefined) return notRendered("its controller's object has another name where it is applied");
    rendered.push(await expand(session, found, file, around.objects));
  }
  return together(rendered);
}

/** A kustomization may put something around its name. */
function sameIn(objects: readonly RenderedObject[], { group, kind, name }: RenderedObject): RenderedObject | undefined {
  const alike = objects.filter((other) => other.group === group && other.kind === kind);
  const [own] = alike.filter((other) => other.name === name);
  const around = alike.filter((other) => other.name.includes(name));
  return own ?? (around.length === 1 ? around[0] : undefined);
}

/** Its releases of the charts and values that change. */
async function helmfile(
  session: RenderSession,
  root: YamlNode,
  file: string,
  concerns: ReadonlySet<string>,
): Promise<Rendered> {
  if (at(root, "releases") === undefined) return notRendered("it is no controller's object");
  const rendered: Rendered[] = [];
  for (const entry of itemsAt(root, "releases")) {
    const spec = helmfileRelease(entry, { file, view: session.side.view });
    if ("why" in spec) {
      if (spec.why !== "remote") return notRendered(hindranceText(spec));
      continue;
    }
    const below = spec.chart === "" ? "" : `${spec.chart}/`;
    const uses = [...concerns].some(
      (path) => path === file || path.startsWith(below) || spec.values.includes(session.side.view.text(path) ?? "\0"),
    );
    if (uses) rendered.push(await session.helm(spec));
  }
  return rendered.length === 0 ? notRendered("its chart is fetched") : together(rendered);
}
