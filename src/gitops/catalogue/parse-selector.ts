/** A label selector as `kubectl -l` takes it: `app=cart,tier in (web, api),!legacy`. */
import type { Requirement, SelectorFacts } from "./selector-facts.ts";

/** undefined for one that Kubernetes wouldn't take, and for comparisons of numbers. */
export function parseSelector(text: string): SelectorFacts | undefined {
  if (text.trim() === "") return [];
  // Commas within parentheses belong to the values.
  const found = text.split(/,(?![^(]*\))/).map(requirement);
  const known = found.filter((each) => each !== undefined);
  return known.length === found.length ? known : undefined;
}

const key = "((?:[A-Za-z0-9][\\w.-]*/)?[A-Za-z0-9][\\w.-]*)";
const existence = new RegExp(`^\\s*(!?)\\s*${key}\\s*$`);
const equality = new RegExp(`^\\s*${key}\\s*(==?|!=)\\s*([\\w.-]*)\\s*$`);
const membership = new RegExp(`^\\s*${key}\\s+(in|notin)\\s*\\(([\\w., \\t-]*)\\)\\s*$`);

function requirement(text: string): Requirement | undefined {
  const [, absent, exists] = existence.exec(text) ?? [];
  if (exists !== undefined) return { key: exists, operator: absent === "!" ? "DoesNotExist" : "Exists", values: [] };
  const [, equal, sign, value = ""] = equality.exec(text) ?? [];
  if (equal !== undefined) return { key: equal, operator: sign === "!=" ? "NotIn" : "In", values: [value] };
  const [, member, word, values = ""] = membership.exec(text) ?? [];
  if (member === undefined) return undefined;
  const operator = word === "in" ? "In" : "NotIn";
  return { key: member, operator, values: values.split(",").map((each) => each.trim()) };
}
