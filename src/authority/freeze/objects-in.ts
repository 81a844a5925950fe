import { parseAllDocuments } from "yaml";
import { hasPlainKeys } from "../../gitops/has-plain-keys.ts";
import { nestsTooDeeply } from "../../gitops/nests-too-deeply.ts";

export interface RepositoryObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly value: unknown;
}

/** Every Kubernetes object in a text that can be read, those of a list included; never throws. */
export function objectsIn(text: string): readonly RepositoryObject[] {
  if (nestsTooDeeply(text)) return [];
  try {
    return parseAllDocuments(text, { uniqueKeys: false }).flatMap((document) =>
      document.errors.length > 0 || !hasPlainKeys(document) ? [] : objectsBelow(document.toJS()),
    );
  } catch {
    return [];
  }
}

function objectsBelow(value: unknown): readonly RepositoryObject[] {
  const [kind, items] = [textAt(value, ["kind"]), at(value, ["items"])];
  if (kind.endsWith("List") && Array.isArray(items)) return items.flatMap(objectsBelow);
  const name = textAt(value, ["metadata", "name"]);
  if (kind === "" || name === "") return [];
  return [{ kind, name, namespace: textAt(value, ["metadata", "namespace"]) || undefined, value }];
}

/** The value at a path of keys; undefined where there is none. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** The text at a path of keys; empty where there is none. */
export function textAt(value: unknown, path: readonly string[]): string {
  const text = at(value, path);
  return typeof text === "string" ? text : "";
}
