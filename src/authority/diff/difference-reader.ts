/** Puts differences into words and numbers that people and policy understand. */
import { fieldRole } from "../../gitops/catalogue/field-role.ts";
import { lineIndex } from "../../gitops/catalogue/line-index.ts";
import { textAt } from "../../gitops/catalogue/node-access.ts";
import type { Splice } from "../../gitops/edit/edit.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { Difference } from "./compare-documents.ts";
import type { ScalarDifference } from "./set-scalars.ts";
import type { TextChange } from "./text-change.ts";

export class DifferenceReader {
  readonly #texts: { readonly before: string; readonly after: string };
  readonly #lineBefore: (offset: number) => number;
  readonly #lineAfter: (offset: number) => number;

  constructor(texts: { readonly before: string; readonly after: string }) {
    this.#texts = texts;
    this.#lineBefore = lineIndex(texts.before);
    this.#lineAfter = lineIndex(texts.after);
  }

  change(difference: Difference): TextChange {
    const { before, after, document, path, inObject, offset, root, kind, parent } = difference;
    const object = objectName(root, kind);
    const whole = inObject.length === 0;
    const value = [before, after].find((node) => node?.kind === "scalar");
    return {
      kind: kindOf(difference),
      document,
      path,
      inObject,
      line: after === undefined ? this.#lineBefore(offset) : this.#lineAfter(offset),
      objectKind: kind,
      object,
      role: fieldRole(kind, inObject, value?.kind === "scalar" ? value.value : "", textAt(parent, "name")),
      from: before && (whole ? object : written(before, this.#texts.before)),
      to: after && (whole ? object : written(after, this.#texts.after)),
    };
  }

  /** Values that were set, put where those before them stand. In their order, which is that of the text before. */
  splices(set: readonly ScalarDifference[]): readonly Splice[] {
    return set
      .filter(({ before, after }) => before.start >= 0 && after.start >= 0)
      .map(({ before, after }) => ({
        start: before.start,
        end: before.end,
        replacement: this.#texts.after.slice(after.start, after.end),
      }));
  }
}

function kindOf({ before, after, inObject }: Difference): TextChange["kind"] {
  const what = inObject.length === 0 ? "object" : "key";
  if (before === undefined) return `${what}-added`;
  return after === undefined ? `${what}-removed` : "value-set";
}

function objectName(root: YamlNode, kind: string | undefined): string | undefined {
  const name = textAt(root, "metadata", "name");
  return [kind, name].filter((word) => word !== undefined).join("/") || undefined;
}

function written(node: YamlNode, text: string): string {
  if (node.kind === "alias") return `*${node.name}`;
  if (node.kind === "mapping") return `{${node.entries.map(({ key }) => key ?? "?").join(", ")}}`;
  if (node.kind === "sequence") return `a list of ${node.items.length}`;
  return node.style === "block" ? node.value : text.slice(node.start, node.end);
}
