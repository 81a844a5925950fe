/** What a kustomization, or a Flux Kustomization, patches: which objects, and where the patch is written. */
import type { YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import type { PatchedObject, PatchFacts } from "./document-facts.ts";
import { isLocal } from "./kustomize-facts.ts";
import { at, itemsAt, textAt } from "./node-access.ts";
import { parseSelector } from "./parse-selector.ts";
import { scanUnreadable } from "./scan-unreadable.ts";
import type { SelectorFacts } from "./selector-facts.ts";

/** `around`: the path of the mapping that holds the lists. undefined where nothing is patched. */
export function patchFacts(root: YamlNode, around: FieldPath = []): readonly PatchFacts[] | undefined {
  const holder = around.length === 0 ? root : at(root, ...around);
  const found: PatchFacts[] = [];
  for (const list of ["patches", "patchesJson6902", "patchesStrategicMerge"]) {
    for (const [index, item] of itemsAt(holder, list).entries()) {
      const path = [...around, list, index];
      if (item.kind === "scalar") found.push(written(path, item.value, isText(item.value)));
      else {
        const [file, patch] = [textAt(item, "path"), textAt(item, "patch")];
        const place = file === undefined ? written([...path, "patch"], patch ?? "", true) : written(path, file, false);
        found.push(targeted(place, at(item, "target")));
      }
    }
  }
  return found.length === 0 ? undefined : found;
}

function targeted(patch: PatchFacts, target: YamlNode | undefined): PatchFacts {
  if (target === undefined) return patch;
  const [kind, name] = [textAt(target, "kind"), textAt(target, "name")];
  const [labels, annotations] = [selectorAt(target, "labelSelector"), selectorAt(target, "annotationSelector")];
  const known = labels !== "unknown" && annotations !== "unknown";
  return { ...patch, name: name ?? patch.name, object: known ? { kind, name, labels, annotations } : unresolved };
}

function selectorAt(target: YamlNode, key: string): SelectorFacts | undefined | "unknown" {
  const text = textAt(target, key);
  return text === undefined ? undefined : (parseSelector(text) ?? "unknown");
}

const unresolved: PatchedObject = { kind: undefined, name: undefined };

/** `patchesStrategicMerge` holds files and patches alike. */
function isText(value: string): boolean {
  return value.includes("\n") || value.includes(": ");
}

function written(path: FieldPath, value: string, inline: boolean): PatchFacts {
  if (!inline) return { path, file: isLocal(value) ? value : undefined, name: undefined, object: undefined };
  const own = value.includes("metadata:") ? scanUnreadable(value)[0] : undefined;
  return { path, file: undefined, name: own?.name, object: own && { kind: own.kind, name: own.name } };
}
