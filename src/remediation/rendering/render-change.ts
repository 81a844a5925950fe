/** What a change would do to the objects that a controller applies: rendered before and after, and compared with what it declares. */

import { type Comparison, compareEffect, type RootDifferences } from "../../actions/effect/compare-effect.ts";
import { declaredChanges } from "../../actions/effect/declared-changes.ts";
import type { RenderedEffect } from "../../actions/effect/rendered-effect.ts";
import { immutableParts, immutableReason, isImmutableObject } from "../../actions/immutable-content.ts";
import { readable } from "../../diagnosis/readable.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { RenderRoot } from "../../gitops/rendering/find-roots.ts";
import type { RenderedDifference } from "../../gitops/rendering/object-differences.ts";
import type { Reason } from "../../reason.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { type ComparedPlace, compareSides, type Sides } from "./compare-sides.ts";
import { countedTargets, type WrittenChange } from "./counted-targets.ts";
import { type ExcusesOf, excusesFor, noExcuses } from "./excuses.ts";
import { RenderSession } from "./render-session.ts";
import { sideOf } from "./side.ts";

/** More are no small change. */
const mostRoots = 20;

export type RenderedChange =
  | {
      readonly outcome: "as-declared";
      readonly effect: RenderedEffect;
      /** Environments that change beside the targets', and of which no target was counted. */
      readonly beside: readonly string[];
      /** What the API server refuses, unless it was never applied. */
      readonly immutable: Reason | undefined;
    }
  | { readonly outcome: "differs"; readonly reason: Reason };

export async function renderChange(
  reader: RepositoryReader,
  revision: Revision,
  change: WrittenChange,
): Promise<RenderedChange> {
  const { rootsOf = () => [] } = await reader.catalogue(revision);
  const roots = distinct(change.files.flatMap(({ path }) => rootsOf(path)));
  if (roots.length === 0) return unrendered("nothing in the repository says who applies these files");
  if (roots.length > mostRoots) return unrendered(`${roots.length} places apply these files`);
  const [before, after] = await Promise.all([
    sideOf(reader.mirror, revision, []),
    sideOf(reader.mirror, revision, change.files),
  ]);
  const renderer = await reader.renderer;
  const sides = { before: new RenderSession(before, renderer), after: new RenderSession(after, renderer) };
  const concerns = new Set(change.files.map(({ path }) => path));
  const places = await Promise.all(
    roots.map(async (root) => ({ root, places: await compareSides(sides, root, concerns) })),
  );
  const all = places.flatMap((each) => each.places);
  const broken = all.find(({ fails }) => fails);
  if (broken !== undefined)
    return differs({ code: "render-fails", message: `${readable(broken.name)} couldn't be rendered any more` });
  const work: Work = { reader, revision, change, sides, concerns, places };
  let comparison = await compare(work, noExcuses);
  if (comparison.outcome === "differs" && comparison.reason.code === "wider-than-declared")
    comparison = await compare(work, await excusesFor(work));
  if (comparison.outcome === "differs") return comparison;
  const { beside, effects } = comparison;
  const fixed = all.flatMap(({ differences = [] }) => differences).find(isRefused);
  const told = { beside, immutable: fixed && immutableReason(fixed.object.kind, fixed.object.name) };
  const hindered = all.find(({ differences }) => differences === undefined);
  if (hindered !== undefined) return unrendered(`${readable(hindered.name)}: ${hindered.why}`, told);
  const by = [...new Set(all.flatMap((place) => place.by))].toSorted();
  return { outcome: "as-declared", effect: { kind: "rendered", by, effects }, ...told };
}

export interface Work {
  readonly reader: RepositoryReader;
  readonly revision: Revision;
  readonly change: WrittenChange;
  readonly sides: Sides;
  readonly concerns: ReadonlySet<string>;
  readonly places: readonly { readonly root: RenderRoot; readonly places: readonly ComparedPlace[] }[];
}

async function compare({ reader, revision, change, places }: Work, excusesOf: ExcusesOf): Promise<Comparison> {
  const counted = countedTargets(change, await reader.catalogue(revision));
  const anyOwn = places.some(({ root }) => counted.isOwn(root));
  const chains = new Map<RootDifferences, RenderRoot["chains"]>();
  let complete = true;
  for (const { root, places: all } of places) {
    const own = !anyOwn || counted.isOwn(root);
    if (own && all.some(({ differences }) => differences === undefined)) complete = false;
    const settled = all.length > 1 && all.slice(1).every(({ differences }) => differences !== undefined);
    for (const place of all) {
      const { name, differences = [] } = place;
      const excuses = excusesOf(place);
      const steady = differences.filter((difference) => !excuses.isUnsteady(difference));
      const isOther = (difference: RootDifferences["differences"][number]) => settled && place.settled.has(difference);
      const other = own ? undefined : { environment: innermost(root), counted: counted.isCounted(root) };
      const shared = { name, own, other, goesBack: excuses.goesBack };
      for (const part of [
        { ...shared, differences: steady.filter((each) => !isOther(each)), settledElsewhere: false },
        { ...shared, differences: steady.filter(isOther), settledElsewhere: true },
      ])
        chains.set(part, root.chains);
    }
  }
  return compareEffect({
    declared: declaredChanges(change.files),
    roots: [...chains.keys()],
    complete,
    stranger: (difference, root) => counted.stranger(difference, root, chains.get(root) ?? []),
  });
}

/** Whatever layer makes it so: by the API server, unless it has another name then. */
function isRefused({ object, path, inPlace }: RenderedDifference): boolean {
  return inPlace === true && immutableParts.includes(`${path[0]}`) && isImmutableObject(object.root);
}

/** One kustomization may be applied in several. */
function innermost({ chains }: RenderRoot): string {
  return [...new Set(chains.flatMap((chain) => chain.slice(-1)))].join(", ");
}

function distinct(roots: readonly RenderRoot[]): readonly RenderRoot[] {
  return [...new Map(roots.map((root) => [JSON.stringify(root), root])).values()];
}

type Told = Pick<Extract<RenderedChange, { outcome: "as-declared" }>, "beside" | "immutable">;

function unrendered(why: string, told: Told = { beside: [], immutable: undefined }): RenderedChange {
  return { outcome: "as-declared", effect: { kind: "not-rendered", why }, ...told };
}

function differs(reason: Reason): RenderedChange {
  return { outcome: "differs", reason };
}
