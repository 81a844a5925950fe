/** What a change does in one place that applies it, and in what the controllers' objects that it changes apply. */
import { itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import type { RenderRoot } from "../../gitops/rendering/find-roots.ts";
import { objectDifferences, type RenderedDifference } from "../../gitops/rendering/object-differences.ts";
import type { RenderedObject } from "../../gitops/rendering/rendered-object.ts";
import { expand, isController } from "./expand.ts";
import { renderRoot } from "./render-root.ts";
import type { Rendered, RenderSession } from "./render-session.ts";

export interface Sides {
  readonly before: RenderSession;
  readonly after: RenderSession;
}

export interface ComparedPlace {
  readonly name: string;
  /** undefined: it isn't rendered, and `why`. */
  readonly differences: readonly RenderedDifference[] | undefined;
  readonly why: string | undefined;
  /** It was rendered before, and can't be any more. */
  readonly fails: boolean;
  readonly by: readonly string[];
  /** Those that count only through what the places after it show. */
  readonly settled: ReadonlySet<RenderedDifference>;
  /** The same place of any side. */
  readonly render: (session: RenderSession) => Promise<Rendered>;
}

/** The place itself first. */
export async function compareSides(
  sides: Sides,
  root: RenderRoot,
  concerns: ReadonlySet<string>,
): Promise<readonly ComparedPlace[]> {
  const name = nameOf(root);
  const renderPlace = (session: RenderSession) => renderRoot(session, root, concerns);
  const place = await compared(name, sides, renderPlace);
  const after = await renderPlace(sides.after);
  const { controllers, settled } = appliedBy(
    place.differences ?? [],
    after.outcome === "rendered" ? after.objects : [],
  );
  const applied = controllers.map((object) =>
    compared(`${object.kind} ${object.name}`, sides, async (session) => {
      const around = await renderPlace(session);
      if (around.outcome === "not-rendered") return around;
      const own = around.objects.find((other) => isSame(object, other));
      return own === undefined
        ? { outcome: "rendered", objects: [], by: [] }
        : expand(session, own, name, around.objects);
    }),
  );
  return [{ ...place, settled }, ...(await Promise.all(applied))];
}

/** Parts of a controller's object that decide what it applies. The others say when, and whether at all. */
const deciding = new Set(
  "values valuesFrom chart chartRef source sources path images patches components postBuild postRenderers".split(" "),
);

/** Controllers' objects that are to apply something else, and what only counts through them. */
function appliedBy(differences: readonly RenderedDifference[], objects: readonly RenderedObject[]) {
  const feeding = differences.filter(
    ({ object, path }) => isController(object) && path[0] === "spec" && deciding.has(`${path[1]}`),
  );
  const controllers = new Set(feeding.map(({ object }) => object));
  const changed = new Set(differences.map(({ object }) => object));
  const taken = new Set<RenderedObject>();
  for (const release of objects.filter(({ kind }) => kind === "HelmRelease").filter(isController)) {
    const named = itemsAt(release.root, "spec", "valuesFrom").map((item) => [
      textAt(item, "kind"),
      textAt(item, "name"),
    ]);
    for (const object of changed) {
      if (object.namespace !== release.namespace) continue;
      if (!named.some(([kind, name]) => kind === object.kind && name === object.name)) continue;
      taken.add(object);
      if (![...controllers].some((other) => isSame(release, other))) controllers.add(release);
    }
  }
  const settled = new Set([...feeding, ...differences.filter(({ object }) => taken.has(object))]);
  return { controllers: [...controllers], settled };
}

function isSame(a: RenderedObject, b: RenderedObject): boolean {
  return a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

async function compared(
  name: string,
  sides: Sides,
  render: (session: RenderSession) => Promise<Rendered>,
): Promise<ComparedPlace> {
  const [before, after] = await Promise.all([render(sides.before), render(sides.after)]);
  const nothing = { name, render, differences: undefined, by: [], settled: new Set<RenderedDifference>() };
  if (before.outcome === "not-rendered") return { ...nothing, why: before.why, fails: false };
  if (after.outcome === "not-rendered") return { ...nothing, why: after.why, fails: after.fails };
  const { differences } = objectDifferences(before.objects, after.objects);
  const by = [...new Set([...before.by, ...after.by])];
  return { ...nothing, differences, why: undefined, fails: false, by };
}

function nameOf(root: RenderRoot): string {
  switch (root.kind) {
    case "kustomization":
    case "generated":
    case "chart":
      return root.directory === "" ? "the repository's root" : root.directory;
    case "release":
      return root.by.file;
    case "objects":
      return root.file;
  }
}
