/** Which targets a change determines, by the catalogue of the side that it stands in. */
import type { Catalogue, Scope } from "../../gitops/catalogue/catalogue.ts";
import { pathStartsWith } from "../../gitops/catalogue/path-starts-with.ts";
import { type Target, targetKey } from "../../target.ts";

export type Place = Pick<Scope, "file" | "document"> & { readonly path: Scope["path"] | undefined };

/** Without a path: everything that the file holds. */
export function findTargets(catalogue: Catalogue, { file, document, path }: Place): readonly Target[] {
  const found = new Map<string, Target>();
  for (const { target, scopes } of catalogue.holders?.(file) ?? []) {
    const holds = scopes.some(
      (scope) =>
        path === undefined ||
        (scope.document === document && (pathStartsWith(path, scope.path) || pathStartsWith(scope.path, path))),
    );
    if (holds) found.set(targetKey(target), target);
  }
  return [...found.values()];
}
