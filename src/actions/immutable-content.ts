/**
 * A ConfigMap or Secret that says `immutable: true` keeps its content for as long as it has its name: the API server refuses another
 * one. Generated ones get another name with another content, and aren't written down. Pure.
 */
import { readable } from "../diagnosis/readable.ts";
import { at, textAt } from "../gitops/catalogue/node-access.ts";
import { documentsOf } from "../gitops/catalogue/read-tree.ts";
import { treeDifferences } from "../gitops/rendering/tree-differences.ts";
import type { YamlNode } from "../gitops/yaml-tree.ts";
import type { Reason } from "../reason.ts";
import type { FileChange } from "./candidate.ts";

export function immutableContent({ path, before, after }: FileChange): readonly Reason[] {
  // Nothing to parse where the word is missing; a key that hides it in escapes is nobody's.
  if (before?.includes("immutable") !== true || after?.includes("immutable") !== true) return [];
  const old = documentsOf(path, before).filter(isImmutableObject);
  return documentsOf(path, after)
    .filter(isImmutableObject)
    .filter((fresh) => old.some((object) => identity(object) === identity(fresh) && differs(object, fresh)))
    .map((object) => immutableReason(textAt(object, "kind"), textAt(object, "metadata", "name")));
}

export function isImmutableObject(root: YamlNode): boolean {
  const kind = textAt(root, "kind");
  return (kind === "ConfigMap" || kind === "Secret") && textAt(root, "immutable") === "true";
}

export const immutableParts: readonly string[] = ["data", "binaryData", "stringData"];

export function immutableReason(kind: string | undefined, name: string | undefined): Reason {
  return {
    code: "field-immutable",
    message: `the ${kind ?? "object"} ${readable(name ?? "")} is immutable, so the API server refuses another content under the same name`,
  };
}

function identity(root: YamlNode): string {
  const parts = [["kind"], ["metadata", "namespace"], ["metadata", "name"]];
  return JSON.stringify(parts.map((path) => textAt(root, ...path)));
}

function differs(before: YamlNode, after: YamlNode): boolean {
  return immutableParts.some((part) => treeDifferences(at(before, part), at(after, part)).length > 0);
}
