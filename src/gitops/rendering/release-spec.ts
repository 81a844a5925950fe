/** How a chart of this repository is installed. Pure. */
import { isMapping } from "../catalogue/node-access.ts";
import type { YamlNode } from "../yaml-tree.ts";
import type { RenderedObject } from "./rendered-object.ts";
import type { TreeView } from "./tree-view.ts";

export interface ReleaseSpec {
  /** Its directory. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  /** Texts; of two that say the same the later one counts. */
  readonly values: readonly string[];
  /** The texts stand in for the chart's own values. */
  readonly withoutOwnValues?: true;
  readonly set: readonly { readonly text: string; readonly string: boolean }[];
}

export interface Place {
  /** Where the object stands, or where what renders it does. */
  readonly file: string;
  readonly view: TreeView;
  /** What is rendered beside it. */
  readonly siblings: readonly RenderedObject[];
}

/** Of a value for `--set`. Only a list in braces has commas of its own. */
export function escapedValue(value: string): string {
  return /^\{.*\}$/s.test(value) ? value : value.replace(/(?<!\\),/g, "\\,");
}

export function keysOf(node: YamlNode | undefined): readonly string[] {
  return isMapping(node) ? node.entries.map(({ key }) => key ?? "") : [];
}
