/** A label selector in Kubernetes' form, and what it chooses. */
import type { YamlNode } from "../yaml-tree.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";

/** All of them must hold. */
export type SelectorFacts = readonly Requirement[];

export interface Requirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly string[];
}

const operators = ["In", "NotIn", "Exists", "DoesNotExist"] as const;

/** undefined without a selector, and for one that Kubernetes wouldn't take: nothing is known of it. */
export function selectorFacts(node: YamlNode | undefined): SelectorFacts | undefined {
  if (node === undefined) return undefined;
  const found: Requirement[] = [];
  const labels = at(node, "matchLabels");
  for (const { key, value } of isMapping(labels) ? labels.entries : []) {
    if (key === undefined || value.kind !== "scalar") return undefined;
    found.push({ key, operator: "In", values: [value.value] });
  }
  for (const item of itemsAt(node, "matchExpressions")) {
    const key = textAt(item, "key");
    const operator = operators.find((known) => known === textAt(item, "operator"));
    if (key === undefined || operator === undefined) return undefined;
    const values = itemsAt(item, "values").flatMap((value) => (value.kind === "scalar" ? [value.value] : []));
    found.push({ key, operator, values });
  }
  return found;
}

export function selects(selector: SelectorFacts, labels: Readonly<Record<string, string>>): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (operator === "Exists") return value !== undefined;
    if (operator === "DoesNotExist") return value === undefined;
    // A label that isn't there has none of the values.
    const among = value !== undefined && values.includes(value);
    return operator === "In" ? among : !among;
  });
}
