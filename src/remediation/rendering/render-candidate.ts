/**
 * What a candidate would do to the objects that a controller applies: rendered before and after, and compared with what it declares.
 * Refused where nothing would change, where more would, and where it couldn't be rendered any more. Where other environments would
 * change in the same way, and where nobody can render it, the candidate says so.
 */
import type { ActionResult, Candidate } from "../../actions/candidate.ts";
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
import { countedTargets } from "./counted-targets.ts";
import { type ExcusesOf, excusesFor, noExcuses } from "./excuses.ts";
import { RenderSession } from "./render-session.ts";
import { sideOf } from "./side.ts";

/** More are no small change. */
const mostRoots = 20;

export async function renderCandidate(
  reader: RepositoryReader,
  revision: Revision,
  candidate: Candidate,
): Promise<ActionResult> {
  const { rootsOf = () => [] } = await reader.catalogue(revision);
  const roots = distinct(candidate.files.flatMap(({ path }) => rootsOf(path)));
  if (roots.length === 0) return unrendered(candidate, "nothing in the repository says who applies these files");
  if (roots.length > mostRoots) return unrendered(candidate, `${roots.length} places apply these files`);
  const [before, after] = await Promise.all([
    sideOf(reader.mirror, revision, []),
    sideOf(reader.mirror, revision, candidate.files),
  ]);
  const renderer = await reader.renderer;
  const sides = { before: new RenderSession(before, renderer), after: new RenderSession(after, renderer) };
  const concerns = new Set(candidate.files.map(({ path }) => path));
  const places = await Promise.all(
    roots.map(async (root) => ({ root, places: await compareSides(sides, root, concerns) })),
  );
  const all = places.flatMap((each) => each.places);
  const broken = all.find(({ fails }) => fails);
  if (broken !== undefined) {
    const message = `${readable(broken.name)} couldn't be rendered any more`;
    return refused({ code: "render-fails", message });
  }
  const work: Work = { reader, revision, candidate, sides, concerns, places };
  let comparison = await compare(work, noExcuses);
  if (comparison.outcome === "differs" && comparison.reason.code === "wider-than-declared")
    comparison = await compare(work, await excusesFor(work));
  if (comparison.outcome === "differs") return refused(comparison.reason);
  const fixed = all.flatMap(({ differences = [] }) => differences).find(isRefused);
  const beside = withBeside(candidate, comparison.beside);
  if (fixed !== undefined && candidate.suspect === undefined) return refused(reasonOf(fixed));
  const told = fixed === undefined ? beside : withRisk(beside, reasonOf(fixed));
  const hindered = all.find(({ differences }) => differences === undefined);
  if (hindered !== undefined) return unrendered(told, `${readable(hindered.name)}: ${hindered.why}`);
  const by = [...new Set(all.flatMap((place) => place.by))].toSorted();
  return withEffect(told, { kind: "rendered", by, effects: comparison.effects });
}

export interface Work {
  readonly reader: RepositoryReader;
  readonly revision: Revision;
  readonly candidate: Candidate;
  readonly sides: Sides;
  readonly concerns: ReadonlySet<string>;
  readonly places: readonly { readonly root: RenderRoot; readonly places: readonly ComparedPlace[] }[];
}

async function compare({ reader, revision, candidate, places }: Work, excusesOf: ExcusesOf): Promise<Comparison> {
  const counted = countedTargets(candidate, await reader.catalogue(revision));
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
    declared: declaredChanges(candidate.files),
    roots: [...chains.keys()],
    complete,
    stranger: (difference, root) => counted.stranger(difference, root, chains.get(root) ?? []),
  });
}

/** Whatever layer makes it so: by the API server, unless it has another name then. */
function isRefused({ object, path, inPlace }: RenderedDifference): boolean {
  return inPlace === true && immutableParts.includes(`${path[0]}`) && isImmutableObject(object.root);
}

function reasonOf({ object }: RenderedDifference): Reason {
  return immutableReason(object.kind, object.name);
}

/** One kustomization may be applied in several. */
function innermost({ chains }: RenderRoot): string {
  return [...new Set(chains.flatMap((chain) => chain.slice(-1)))].join(", ");
}

/** Once: it may have been told when it was planned. */
function withBeside(candidate: Candidate, environments: readonly string[]): Candidate {
  if (environments.length === 0) return candidate;
  const message = `what changes is applied in ${environments.map(readable).join(", ")}, too`;
  return withRisk(candidate, { code: "shared-field", message });
}

function withRisk(candidate: Candidate, risk: Reason): Candidate {
  const risks = candidate.risks.filter(({ message }) => message !== risk.message);
  return { ...candidate, risks: [...risks, risk] };
}

function distinct(roots: readonly RenderRoot[]): readonly RenderRoot[] {
  return [...new Map(roots.map((root) => [JSON.stringify(root), root])).values()];
}

function unrendered(candidate: Candidate, why: string): ActionResult {
  return withEffect(candidate, { kind: "not-rendered", why });
}

function withEffect(candidate: Candidate, rendered: RenderedEffect): ActionResult {
  return { outcome: "candidate", candidate: { ...candidate, rendered } };
}

function refused(reason: Reason): ActionResult {
  return { outcome: "refused", reasons: [reason] };
}
