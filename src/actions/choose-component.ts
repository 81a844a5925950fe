/** Which of several fields of one role is meant: the one that a person names, or the only one. Never a guess. */
import { readable } from "../diagnosis/readable.ts";
import type { Field } from "../gitops/catalogue/catalogue.ts";
import type { ActionResult } from "./candidate.ts";
import type { TargetObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";

export type ChosenField =
  | { readonly outcome: "chosen"; readonly field: Field }
  | Extract<ActionResult, { outcome: "refused" }>;

export interface Choice {
  readonly fields: readonly Field[];
  readonly objects: TargetObjects;
  /** What a person named. */
  readonly component: string | undefined;
  /** The service's own name: of several workloads the one that is called so is meant. */
  readonly service: string;
  /** The fields, in the plural, for people. */
  readonly what: string;
}

const shown = 5;

export function chooseComponent({ fields, objects, component, service, what }: Choice): ChosenField {
  const names = new Map(fields.map((field) => [field, objects.namesOf(field)]));
  const named = (name: string) => fields.filter((field) => names.get(field)?.includes(name));
  const meant = nearest(component === undefined ? fields : named(component));
  const [field, ...others] = meant;
  if (field === undefined) {
    const of = component === undefined ? "the target" : `the component ${readable(component)}`;
    return refused("edit-not-found", `${of} has no ${what} in the repository`);
  }
  if (others.length === 0) return { outcome: "chosen", field };
  const [own, ...further] = component === undefined ? nearest(named(service)) : [];
  if (own !== undefined && further.length === 0) return { outcome: "chosen", field: own };
  const places = meant.slice(0, shown).map((each) => `${readable(each.file)}:${each.line}`);
  const more = meant.length > shown ? ", …" : "";
  const telling = tellingNames(meant.map((each) => names.get(each) ?? []));
  const hint = telling.length === 0 ? "" : `, such as ${telling.slice(0, shown).map(readable).join(", ")}`;
  const message = `${meant.length} ${what} could be meant (${places.join(", ")}${more}): name one with --component${hint}`;
  return refused("target-ambiguous", message);
}

/** Of the same place in a base and in an overlay the one that fewest others share is the overlay's. */
function nearest(fields: readonly Field[]): readonly Field[] {
  return fields.filter((field) => {
    const layers = fields.filter((other) => other !== field && other.file !== field.file && samePlace(field, other));
    return layers.every((other) => other.sharedWith.length >= field.sharedWith.length);
  });
}

function samePlace(a: Field, b: Field): boolean {
  return a.path.length === b.path.length && a.path.every((step, index) => step === b.path[index]);
}

/** Words that mean one of them and no other. */
function tellingNames(names: readonly (readonly string[])[]): readonly string[] {
  return names.flatMap((own, index) => {
    const others = new Set(names.flatMap((each, at) => (at === index ? [] : each)));
    return own.find((name) => !others.has(name)) ?? [];
  });
}
