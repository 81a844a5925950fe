/** Finds the scalar that an edit names, or says why it can't be edited. */
import type { FieldPath } from "../catalogue/catalogue.ts";
import type { YamlNode, YamlScalar } from "../yaml-tree.ts";
import { aliased } from "./aliased.ts";
import { type Refusal, refusal } from "./refusal.ts";

export interface Located {
  readonly outcome: "located";
  readonly scalar: YamlScalar;
  /** Inside `[…]` or `{…}`. */
  readonly flow: boolean;
}

export function locateScalar(root: YamlNode, path: FieldPath): Located | Refusal {
  const anchors = new Set<string | undefined>();
  let node = root;
  let flow = false;
  for (const step of path) {
    const next = child(node, step);
    if ("outcome" in next) return next;
    if (node.kind === "mapping" || node.kind === "sequence") {
      flow ||= node.flow;
      anchors.add(node.anchor);
    }
    node = next;
  }
  if (node.kind === "alias") return refusal("edit-alias", "the value is an alias of another one");
  if (node.kind !== "scalar") return refusal("edit-not-scalar", "there is no single value at this path");
  anchors.add(node.anchor);
  if (aliased(root, anchors)) return refusal("edit-alias", "the value is used in other places through an alias");
  if (node.style === "block") return refusal("edit-block-scalar", "the value is a block of text");
  if (node.start < 0) return refusal("edit-unsupported", "no value is written at this path");
  if (node.tagged) return refusal("edit-unsupported", "the value carries an explicit type tag");
  return { outcome: "located", scalar: node, flow };
}

function child(node: YamlNode, step: string | number): YamlNode | Refusal {
  if (node.kind === "alias") return refusal("edit-alias", "the path leads through an alias");
  if (node.kind === "scalar" && node.style === "block")
    return refusal("edit-block-scalar", "the value is a part of a block of text");
  if (typeof step === "number") {
    const item = node.kind === "sequence" ? node.items[step] : undefined;
    return item ?? refusal("edit-not-found", "the path doesn't exist in this file");
  }
  if (node.kind !== "mapping") return refusal("edit-not-found", "the path doesn't exist in this file");
  const matching = node.entries.filter((entry) => entry.key === step);
  if (matching.length > 1) return refusal("edit-duplicate-key", "a key on the path is written twice");
  return matching[0]?.value ?? refusal("edit-not-found", "the path doesn't exist in this file");
}
