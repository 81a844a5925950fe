/** Finds the operation of GitHub's description that a method and path belong to. */
import type { Operation, RestDescription } from "../validation/rest-description.ts";

/** These parameters may hold slashes. */
const GREEDY = new Set(["ref", "path", "basehead", "branch"]);

export interface MatchedOperation {
  readonly operation: Operation;
  /** Decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** The path is without `/api/v3`, still encoded. */
export function operationMatcher(
  description: RestDescription,
): (method: string, path: string) => MatchedOperation | undefined {
  const patterns = description.operations
    .map((operation) => ({
      operation,
      ...pattern(operation.path),
      fixed: operation.path.replace(/\{\w+\}/g, "").length,
    }))
    .sort((a, b) => b.fixed - a.fixed);
  return (method, path) => {
    for (const { operation, regex, names } of patterns) {
      const found = operation.method === method ? regex.exec(path) : null;
      if (found === null) continue;
      const params = names.map((name, index) => [name, decode(found[index + 1] ?? "")]);
      return { operation, params: Object.fromEntries(params) };
    }
    return undefined;
  };
}

function pattern(template: string): { readonly regex: RegExp; readonly names: readonly string[] } {
  const names: string[] = [];
  const source = template.replace(/[.]/g, "\\.").replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return name === "path" ? "(.*)" : GREEDY.has(name) ? "(.+)" : "([^/]+)";
  });
  return { regex: new RegExp(`^${source}/?$`), names };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
