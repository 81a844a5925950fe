import { parseAllDocuments } from "yaml";

export interface RepositoryObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly value: unknown;
}

/** Every Kubernetes object in a text that can be read; never throws. */
export function objectsIn(text: string): readonly RepositoryObject[] {
  try {
    const documents = parseAllDocuments(text, { version: "1.2", uniqueKeys: false });
    return (Array.isArray(documents) ? documents : []).flatMap((document) => {
      const value: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 99 });
      const kind = at(value, ["kind"]);
      const name = at(value, ["metadata", "name"]);
      const namespace = at(value, ["metadata", "namespace"]);
      if (typeof kind !== "string" || typeof name !== "string") return [];
      return [{ kind, name, namespace: typeof namespace === "string" ? namespace : undefined, value }];
    });
  } catch {
    return [];
  }
}

/** The value at a path of keys; undefined where there is none. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined,
    value,
  );
}
