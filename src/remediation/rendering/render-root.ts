/** Renders what a change of a file reaches, at one side of it. */
import { at, itemsAt } from "../../gitops/catalogue/node-access.ts";
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
      return notRendered("nothing in the repository installs the chart");
    case "generated":
      return notRendered("an ApplicationSet fills in what is applied");
  }
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
    const found = around.objects.filter((other) => isSame(object, other));
    if (found.length === 0) return notRendered("its controller's object has another name where it is applied");
    for (const each of found) rendered.push(await expand(session, each, file, around.objects));
  }
  return together(rendered);
}

function isSame(a: RenderedObject, b: RenderedObject): boolean {
  return a.group === b.group && a.kind === b.kind && a.name === b.name;
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
