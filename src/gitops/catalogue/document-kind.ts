import type { YamlNode } from "../yaml-tree.ts";
import { textAt } from "./node-access.ts";

/** A kustomization file is called `Kustomize`, to tell it from Flux's `Kustomization`. Knative's Service gets its group. */
export function documentKind(path: string, root: YamlNode): string | undefined {
  const group = textAt(root, "apiVersion")?.split("/")[0];
  const kind = textAt(root, "kind");
  const byName = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path);
  if (byName && (group === undefined || group === "kustomize.config.k8s.io")) return "Kustomize";
  if (group === "kustomize.config.k8s.io") return "Kustomize";
  if (kind === "Service" && group === "serving.knative.dev") return "Service.serving";
  return group === undefined ? undefined : kind;
}
