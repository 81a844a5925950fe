import type { Parameters } from "./application-set-facts.ts";

const placeholder = /\{\{-?\s*(.*?)\s*-?\}\}/g;
const lookup = /^(?:\.?([\w-]+(?:\.[\w-]+|\[\d+\])*)|index\s+\.([\w.]+)\s+(\d+))$/;

/**
 * Puts parameters into `{{path.basename}}`, `{{ .path.basename }}` and `{{ index .path.segments 1 }}`. undefined where a parameter
 * isn't known, or the placeholder is more than a look-up.
 */
export function fillPlaceholders(text: string, parameters: Parameters): string | undefined {
  let known = true;
  const filled = text.replaceAll(placeholder, (_, expression: string) => {
    const match = lookup.exec(expression);
    const name = match?.[1] ?? (match?.[2] === undefined ? undefined : `${match[2]}.${match[3]}`);
    const value = name !== undefined && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    known &&= value !== undefined;
    return value ?? "";
  });
  return known && !filled.includes("{{") ? filled : undefined;
}
