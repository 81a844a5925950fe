/** Which variant is meant. The one that is off is known by its value, or by its name; it is never guessed. */
import { readable } from "../../diagnosis/readable.ts";
import { at } from "../../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { Reason } from "../../reason.ts";

export type ChosenVariant = { readonly name: string } | { readonly reason: Reason };

interface Variant {
  readonly name: string;
  readonly value: "true" | "falsy" | "other";
}

/** `key`: below which the variants are. `state`: `on`, `off` or a variant's name. */
export function chooseVariant(flag: YamlNode, key: string, state: string): ChosenVariant {
  const variants = variantsOf(flag, key);
  const called = variants.find(({ name }) => name === state);
  if (state === "off") return chosen(variants, offVariant(variants), state);
  if (state === "on") return chosen(variants, onVariant(variants), state);
  return chosen(variants, called, state);
}

/** Whether everything that the flag can return for it means off. */
export function isOffVariant(flag: YamlNode, key: string, name: string): boolean {
  return offVariant(variantsOf(flag, key))?.name === name;
}

function chosen(variants: readonly Variant[], variant: Variant | undefined, state: string): ChosenVariant {
  if (variant !== undefined) return { name: variant.name };
  const names = variants.slice(0, 8).map(({ name }) => readable(name));
  const message =
    state === "off" || state === "on"
      ? `which variant is ${state} isn't certain: name one of ${names.join(", ")}`
      : `the flag has no variant ${readable(state)}, only ${names.join(", ")}`;
  return { reason: { code: "flag-variant-unknown", message } };
}

/** Its value is false, 0 or empty; or it is called off, and its value doesn't say otherwise. */
function offVariant(variants: readonly Variant[]): Variant | undefined {
  const falsy = variants.filter(({ value }) => value === "falsy");
  if (falsy.length === 1) return falsy[0];
  const called = (falsy.length > 0 ? falsy : variants).filter(
    ({ name, value }) => isNamed(name, "off") && value !== "true",
  );
  return called.length === 1 ? called[0] : undefined;
}

function onVariant(variants: readonly Variant[]): Variant | undefined {
  const [first, ...others] = variants.filter(({ value }) => value === "true");
  if (first !== undefined) return others.length === 0 ? first : undefined;
  const named = variants.find(({ name, value }) => isNamed(name, "on") && value !== "falsy");
  if (named !== undefined) return named;
  const off = offVariant(variants);
  return off !== undefined && variants.length === 2 ? variants.find((variant) => variant !== off) : undefined;
}

function isNamed(name: string, word: string): boolean {
  return name.toLowerCase() === word;
}

function variantsOf(flag: YamlNode, key: string): readonly Variant[] {
  const variants = at(flag, key);
  if (variants?.kind !== "mapping") return [];
  return variants.entries.flatMap(({ key: name, value }) =>
    name === undefined ? [] : [{ name, value: readValue(value) }],
  );
}

function readValue(node: YamlNode): Variant["value"] {
  if (node.kind !== "scalar" || node.tagged) return "other";
  if (node.style !== "plain") return node.value === "" ? "falsy" : "other";
  if (/^true$/i.test(node.value)) return "true";
  return /^(?:false|0(?:\.0+)?)$/i.test(node.value) ? "falsy" : "other";
}
