/** Follows an edit's path as far as the file goes, and refuses ways on which adding or removing would do more than it says. */
import type { FieldPath } from "../../catalogue/catalogue.ts";
import type { YamlMapping, YamlNode, YamlSequence } from "../../yaml-tree.ts";
import { aliased } from "../aliased.ts";
import { type Refusal, refusal } from "../refusal.ts";

export interface Way {
  readonly outcome: "followed";
  /** The collections on the way, from the root, each with the place in it that the way takes. */
  readonly passed: readonly Passed[];
  /** Where the way ends. */
  readonly node: YamlNode;
  /** The steps that lead nowhere yet; none when the path exists. */
  readonly missing: FieldPath;
}

export interface Passed {
  readonly node: YamlMapping | YamlSequence;
  readonly index: number;
}

export function followPath(text: string, root: YamlNode, path: FieldPath): Way | Refusal {
  const passed: Passed[] = [];
  let node = root;
  for (const step of path) {
    const refused = barred(text, node);
    if (refused !== undefined) return refused;
    if (node.kind === "mapping" || node.kind === "sequence") {
      const places = placesOf(node, step);
      if (places.length > 1) return refusal("edit-duplicate-key", "a key on the path is written twice");
      const index = places[0];
      const next = index === undefined ? undefined : at(node, index);
      if (index === undefined || next === undefined) break;
      passed.push({ node, index });
      node = next;
    } else break;
  }
  const anchors = [...passed.map((each) => each.node), node].flatMap((each) =>
    each.kind === "alias" || each.anchor === undefined ? [] : [each.anchor],
  );
  if (anchors.length > 0 && aliased(root, new Set(anchors)))
    return refusal("edit-alias", "a part of the path is used in other places through an alias");
  return { outcome: "followed", passed, node, missing: path.slice(passed.length) };
}

/** Is this node, with more of the path ahead, one that leads no further? */
function barred(text: string, node: YamlNode): Refusal | undefined {
  if (node.kind === "alias") return refusal("edit-alias", "the path leads through an alias");
  if (node.tagged) return refusal("edit-unsupported", "a part of the path carries an explicit type tag");
  if (node.kind === "scalar") {
    if (node.style === "block") return refusal("edit-block-scalar", "the path leads into a block of text");
    if (node.value.includes("{{")) return refusal("edit-template", "a part of the path is a template");
    return node.start < 0 ? undefined : refusal("edit-unsupported", "the path leads through a single value");
  }
  const beside = node.kind === "mapping" ? node.entries.map(({ value }) => value) : node.items;
  if ([node, ...beside].some((each) => each.kind === "mapping" && text.startsWith("{{", each.start)))
    return refusal("edit-template", "a part of the path is a template");
  if (node.kind === "mapping" && node.entries.some(({ key }) => key === "<<"))
    return refusal("edit-alias", "a part of the path is merged from another place");
  return undefined;
}

function placesOf(node: YamlMapping | YamlSequence, step: string | number): readonly number[] {
  if (node.kind === "sequence") return typeof step === "number" && node.items[step] !== undefined ? [step] : [];
  return node.entries.flatMap(({ key }, index) => (key === step ? [index] : []));
}

function at(node: YamlMapping | YamlSequence, index: number): YamlNode | undefined {
  return node.kind === "mapping" ? node.entries[index]?.value : node.items[index];
}
