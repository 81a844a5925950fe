import type { YamlScalar } from "../../gitops/yaml-tree.ts";
import type { Difference } from "./compare-documents.ts";

export interface ScalarDifference extends Difference {
  readonly before: YamlScalar;
  readonly after: YamlScalar;
}

/** Scalars that stand where others stood. */
export function setScalars(differences: readonly Difference[]): readonly ScalarDifference[] {
  return differences.filter(
    (difference): difference is ScalarDifference =>
      difference.before?.kind === "scalar" && difference.after?.kind === "scalar",
  );
}
