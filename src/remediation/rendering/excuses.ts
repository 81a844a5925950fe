/**
 * Why a difference that follows from no declared value may stand all the same: a chart draws lots, so that it differs from itself; or
 * the change takes a commit back, and what comes is what stood there before it. Looked for only where something differs like that.
 */
import { objectDifferences, type RenderedDifference } from "../../gitops/rendering/object-differences.ts";
import { objectName } from "../../gitops/rendering/rendered-object.ts";
import type { ComparedPlace } from "./compare-sides.ts";
import type { Work } from "./render-change.ts";
import { type Rendered, RenderSession } from "./render-session.ts";
import { sideOf } from "./side.ts";

export interface Excuses {
  /** It differs from one render to the next, whatever is written. */
  readonly isUnsteady: (difference: RenderedDifference) => boolean;
  readonly goesBack: (difference: RenderedDifference) => boolean;
}

export type ExcusesOf = (place: ComparedPlace) => Excuses;

const none: Excuses = { isUnsteady: () => false, goesBack: () => false };

export const noExcuses: ExcusesOf = () => none;

export async function excusesFor({ reader, change, sides, places }: Work): Promise<ExcusesOf> {
  const { mirror } = reader;
  const renderer = await reader.renderer;
  const again = new RenderSession(sides.before.side, renderer, true);
  const { suspect } = change;
  const [commit] = suspect === undefined ? [] : await mirror.log(suspect, { limit: 1, files: false });
  const parent = commit?.parents[0];
  const past = parent === undefined ? undefined : new RenderSession(await sideOf(mirror, parent, []), renderer);
  const found = new Map<ComparedPlace, Excuses>();
  for (const place of places.flatMap((each) => each.places)) {
    if (place.differences === undefined || place.differences.length === 0) continue;
    const unsteady = placesOf(await place.render(sides.before), await place.render(again));
    const since = past === undefined ? undefined : placesOf(await place.render(sides.after), await place.render(past));
    found.set(place, {
      isUnsteady: (difference) => unsteady?.has(placeOf(difference)) === true,
      goesBack: (difference) => since?.has(placeOf(difference)) === false,
    });
  }
  return (place) => found.get(place) ?? none;
}

/** Where two renders differ; undefined where one of them isn't to be had. */
function placesOf(a: Rendered, b: Rendered): ReadonlySet<string> | undefined {
  if (a.outcome === "not-rendered" || b.outcome === "not-rendered") return undefined;
  return new Set(objectDifferences(a.objects, b.objects).differences.map(placeOf));
}

function placeOf({ object, path }: RenderedDifference): string {
  return JSON.stringify([objectName(object), ...path]);
}
