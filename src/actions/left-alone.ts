/** A controller may be told to leave the number of replicas as the cluster has it: then no commit changes it. Pure. */
import type { Field } from "../gitops/catalogue/catalogue.ts";
import { itemsAt, textAt } from "../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../gitops/yaml-tree.ts";
import type { RepositoryObject, TargetObjects } from "./read-objects.ts";

/** Who leaves it alone, as a sentence's begin; undefined where nobody says so. */
export function leavesAlone(place: Pick<Field, "file" | "document">, objects: TargetObjects): string | undefined {
  const application = objects.own.find(({ kind, root }) => kind === "Application" && respectsIgnored(root));
  if (application !== undefined)
    return `the Application (${application.file}) ignores differences of replicas when it syncs`;
  const object = objects.objectOf(place);
  const applied = textAt(object?.root, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/ssa");
  return object !== undefined && /^(?:ifnotpresent|ignore)$/i.test(applied ?? "") ? skipped(object) : undefined;
}

function skipped({ kind, file }: RepositoryObject): string {
  return `Flux never applies this ${kind ?? "object"} again (${file})`;
}

/** Without `RespectIgnoreDifferences` they are left out of the comparison only. */
function respectsIgnored(root: YamlNode): boolean {
  const options = itemsAt(root, "spec", "syncPolicy", "syncOptions");
  const respects = options.some(
    (option) => option.kind === "scalar" && option.value === "RespectIgnoreDifferences=true",
  );
  return respects && itemsAt(root, "spec", "ignoreDifferences").some(ignoresReplicas);
}

function ignoresReplicas(difference: YamlNode): boolean {
  const places = [...itemsAt(difference, "jsonPointers"), ...itemsAt(difference, "jqPathExpressions")];
  return places.some(
    (place) => place.kind === "scalar" && /^(?:\/spec(?:\/replicas)?|\.spec(?:\.replicas)?)$/.test(place.value),
  );
}
