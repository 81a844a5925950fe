/** Objects that tell somebody to write what others say: autoscalers, image updaters, promotions. */
import type { YamlNode } from "../yaml-tree.ts";
import type { WriterKind } from "./catalogue.ts";
import type { WritesFacts } from "./document-facts.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";

const references: Readonly<Record<string, readonly [kind: WriterKind, reference: string]>> = {
  HorizontalPodAutoscaler: ["hpa", "scaleTargetRef"],
  ScaledObject: ["keda", "scaleTargetRef"],
  VerticalPodAutoscaler: ["vpa", "targetRef"],
  Canary: ["flagger", "targetRef"],
};

/** Annotations of an Application. */
const annotations: readonly (readonly [kind: WriterKind, name: RegExp])[] = [
  ["image-updater", /^argocd-image-updater\.argoproj\.io\/image-list$/],
  ["kargo", /^kargo\.akuity\.io\/authorized-stage$/],
];

export function readWrites(kind: string, root: YamlNode): WritesFacts | undefined {
  const reference = Object.hasOwn(references, kind) ? references[kind] : undefined;
  if (reference !== undefined) {
    const name = at(root, "spec", reference[1], "name");
    if (name?.kind !== "scalar" || name.start < 0) return undefined;
    // A VPA that only recommends writes nothing.
    if (kind === "VerticalPodAutoscaler" && textAt(root, "spec", "updatePolicy", "updateMode") === "Off")
      return undefined;
    return { kind: reference[0], object: name.value, offset: name.start };
  }
  if (kind === "ImageUpdater") return readImageUpdater(root);
  if (kind !== "Application") return undefined;
  const own = at(root, "metadata", "annotations");
  if (isMapping(own))
    for (const { key, keyStart } of own.entries)
      for (const [writer, name] of annotations)
        if (key !== undefined && name.test(key)) return { kind: writer, object: undefined, offset: keyStart };
  const owner = at(root, "metadata", "ownerReferences", 0, "kind");
  if (owner?.kind === "scalar" && owner.value === "ApplicationSet")
    return { kind: "applicationset", object: undefined, offset: owner.start };
  return undefined;
}

/** Since its first stable version Argo CD Image Updater is told by objects of its own. What reads annotations passes over its own images. */
function readImageUpdater(root: YamlNode): WritesFacts | undefined {
  if (textAt(root, "apiVersion")?.startsWith("argocd-image-updater.argoproj.io/") !== true) return undefined;
  const [image] = itemsAt(root, "spec", "applicationRefs")
    .filter((reference) => textAt(reference, "useAnnotations") !== "true")
    .flatMap((reference) => itemsAt(reference, "images"));
  const name = at(image, "imageName");
  return name?.kind === "scalar" ? { kind: "image-updater", object: undefined, offset: name.start } : undefined;
}
