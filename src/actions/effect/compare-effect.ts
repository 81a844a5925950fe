/**
 * Does what renderers show equal what a candidate declares? All that differs must follow from what is declared, in objects of the
 * services that were counted, and what is declared must be seen where the target runs. That it is seen in other environments, too,
 * is for a person to judge. Pure.
 */
import { readable } from "../../diagnosis/readable.ts";
import type { RenderedDifference } from "../../gitops/rendering/object-differences.ts";
import { objectName } from "../../gitops/rendering/rendered-object.ts";
import type { Reason } from "../../reason.ts";
import type { DeclaredChange } from "./declared-changes.ts";
import { decoded } from "./decoded.ts";
import { explainDifference } from "./explain-difference.ts";
import type { ObjectEffect } from "./rendered-effect.ts";

export interface RootDifferences {
  /** Directory or file, for people. */
  readonly name: string;
  /** The target runs there. */
  readonly own: boolean;
  /** What isn't its own: the environment's name, and whether a target of it was counted. */
  readonly other?: { readonly environment: string; readonly counted: boolean } | undefined;
  /** What follows from it is rendered, too: only that says what is seen. */
  readonly settledElsewhere?: boolean;
  readonly differences: readonly RenderedDifference[];
  /** Does the difference lead back to what stood there before the change that is taken back? */
  readonly goesBack: (difference: RenderedDifference) => boolean;
}

export interface CompareInput {
  readonly declared: readonly DeclaredChange[];
  readonly roots: readonly RootDifferences[];
  /** All that the target runs in is among them; else what isn't seen may be seen elsewhere. */
  readonly complete: boolean;
  /** The name of a service that an object belongs to and that wasn't counted; undefined where it may change. */
  readonly stranger: (difference: RenderedDifference, root: RootDifferences) => string | undefined;
}

export type Comparison =
  | {
      readonly outcome: "equal";
      readonly effects: readonly ObjectEffect[];
      /** Environments that change beside the target's, and of which no target was counted. */
      readonly beside: readonly string[];
    }
  | { readonly outcome: "differs"; readonly reason: Reason };

/** Without what these decide nothing happens, whatever else is seen. */
const essential: ReadonlySet<DeclaredChange["what"]> = new Set([
  "image",
  "replicas",
  "resource",
  "weight",
  "suspend",
  "restart",
  "availability",
  "schedule",
]);

export function isEssential({ what, holds = [] }: DeclaredChange): boolean {
  return [what, ...holds].some((each) => essential.has(each));
}

export function compareEffect({ declared, roots, complete, stranger }: CompareInput): Comparison {
  const seen = new Set<DeclaredChange["what"]>();
  for (const root of roots) {
    for (const difference of root.differences) {
      const other = stranger(difference, root);
      if (other !== undefined)
        return wider(`it would change ${placeOf(difference)} in ${readable(root.name)}, too, which is of ${other}`);
      const causes = causesOf(difference, declared);
      if (causes === undefined && !root.goesBack(difference))
        return wider(
          `it would change ${placeOf(difference)} in ${readable(root.name)}, too, which doesn't follow from it`,
        );
      if (root.own && root.settledElsewhere !== true)
        for (const each of (causes ?? []).flatMap(decidedBy)) seen.add(each);
    }
  }
  const own = roots.filter((root) => root.own && root.settledElsewhere !== true);
  if (complete && own.every(({ differences }) => differences.length === 0)) return shadowed("nothing", own);
  const unseen = declared.find(({ what }) => essential.has(what) && !seen.has(what));
  if (complete && unseen !== undefined) return shadowed(`nothing of what ${unseen.what} decides`, own);
  const effects = roots.flatMap((root) => root.differences.map((difference) => effectOf(difference, root)));
  const beside = roots.flatMap(({ other, differences }) =>
    other === undefined || other.counted || differences.length === 0 ? [] : [other.environment],
  );
  return {
    outcome: "equal",
    effects: [...new Map(effects.map((effect) => [JSON.stringify(effect), effect])).values()],
    beside: [...new Set(beside)],
  };
}

function causesOf(difference: RenderedDifference, declared: readonly DeclaredChange[]) {
  const plain = decoded(difference);
  return explainDifference(difference, declared) ?? (plain && explainDifference(plain, declared));
}

function decidedBy({ what, holds = [] }: DeclaredChange): readonly DeclaredChange["what"][] {
  return [what, ...holds];
}

function wider(message: string): Comparison {
  return { outcome: "differs", reason: { code: "wider-than-declared", message } };
}

function shadowed(what: string, own: readonly RootDifferences[]): Comparison {
  const names = own.map(({ name }) => readable(name)).slice(0, 3);
  const message = `${what} would change in what is applied (${names.join(", ")}): another layer decides`;
  return { outcome: "differs", reason: { code: "shadowed-in-render", message } };
}

function placeOf({ object, path }: RenderedDifference): string {
  return readable(`${objectName(object)} ${path.join(".")}`);
}

const longest = 200;

/** What a Secret holds is nobody's to tell. */
function effectOf({ object, path, from, to }: RenderedDifference, { other }: RootDifferences): ObjectEffect {
  const shown = (text: string | undefined) =>
    text === undefined ? undefined : object.kind === "Secret" ? "(secret)" : text.slice(0, longest);
  return {
    object: objectName(object),
    field: path.join("."),
    from: shown(from),
    to: shown(to),
    ...(other && { environment: other.environment }),
  };
}
