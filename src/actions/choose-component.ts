/** Which of several fields of one role is meant: the one that a person names, or the only one. Never a guess. */
import { readable } from "../diagnosis/readable.ts";
import type { Field } from "../gitops/catalogue/catalogue.ts";
import type { Reason } from "../reason.ts";

export type ChosenFields =
  | { readonly outcome: "chosen"; readonly fields: readonly [Field, ...Field[]] }
  | { readonly outcome: "refused"; readonly reasons: readonly Reason[] };

/** `what`: the fields, in the plural, for people. */
export function chooseComponent(fields: readonly Field[], component: string | undefined, what: string): ChosenFields {
  const meant = component === undefined ? fields : fields.filter((field) => isOf(field, component));
  const [first, ...others] = meant;
  if (first === undefined) {
    const of = component === undefined ? "the target" : `the component ${readable(component)}`;
    return unclear("edit-not-found", `${of} has no ${what} in the repository`);
  }
  if (others.length === 0) return { outcome: "chosen", fields: [first] };
  const places = meant.slice(0, 5).map(({ file, line }) => `${readable(file)}:${line}`);
  const more = meant.length > places.length ? ", …" : "";
  const message = `${meant.length} ${what} could be meant (${places.join(", ")}${more}): name one with --component`;
  return unclear("target-ambiguous", message);
}

function isOf({ path }: Field, component: string): boolean {
  return path.some((step) => step === component);
}

function unclear(code: Reason["code"], message: string): ChosenFields {
  return { outcome: "refused", reasons: [{ code, message }] };
}
