/** What flagd's targeting may return: the places of the variants' names in it, as far as its operators tell. */
import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";

export interface TargetingResults {
  readonly variants: readonly { readonly path: FieldPath; readonly name: string }[];
  /** Whether it may return nothing, so that the default variant applies. */
  readonly fallsThrough: boolean;
}

/** undefined where the result is computed in a way that the text doesn't tell. */
export function targetingResults(node: YamlNode | undefined, path: FieldPath): TargetingResults | undefined {
  if (node === undefined) return nothing;
  if (node.kind === "scalar") {
    const isNull = node.style === "plain" && /^(?:null|~|)$/.test(node.value);
    return isNull ? nothing : { variants: [{ path, name: node.value }], fallsThrough: false };
  }
  if (node.kind !== "mapping") return undefined;
  const [only, ...others] = node.entries;
  if (only === undefined) return nothing;
  if (others.length > 0 || only.value.kind !== "sequence") return undefined;
  if (only.key === "if") return ofConditions(only.value.items, [...path, "if"]);
  return only.key === "fractional" ? ofShares(only.value.items, [...path, "fractional"]) : undefined;
}

const nothing: TargetingResults = { variants: [], fallsThrough: true };

/** `[condition, result, condition, result, …, otherwise]`. */
function ofConditions(items: readonly YamlNode[], path: FieldPath): TargetingResults | undefined {
  const isResult = (index: number) => index % 2 === 1 || (index === items.length - 1 && index > 0);
  const results = items.flatMap((item, index) => (isResult(index) ? [targetingResults(item, [...path, index])] : []));
  return together(items.length % 2 === 0 ? [...results, nothing] : results);
}

/** `[key, [variant, weight], [variant, weight], …]`, the key left out or not. */
function ofShares(items: readonly YamlNode[], path: FieldPath): TargetingResults | undefined {
  const shares = items
    .map((item, index) => ({ item, index }))
    .filter(({ item, index }) => index > 0 || item.kind === "sequence");
  return together(
    shares.map(({ item, index }) => {
      const [variant] = item.kind === "sequence" ? item.items : [];
      return variant === undefined ? undefined : targetingResults(variant, [...path, index, 0]);
    }),
  );
}

function together(parts: readonly (TargetingResults | undefined)[]): TargetingResults | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return {
    variants: known.flatMap(({ variants }) => variants),
    fallsThrough: known.length === 0 || known.some(({ fallsThrough }) => fallsThrough),
  };
}
