/** What a change of files says that it does, value by value, before anything is rendered. Pure. */

import type { FieldRole } from "../../gitops/catalogue/catalogue.ts";
import { documentKind } from "../../gitops/catalogue/document-kind.ts";
import { fieldRole } from "../../gitops/catalogue/field-role.ts";
import { documentsOf } from "../../gitops/catalogue/read-tree.ts";
import { type LeafDifference, treeDifferences } from "../../gitops/rendering/tree-differences.ts";
import type { FileChange } from "../candidate.ts";
import { lineEffects } from "../line-effects.ts";

export interface DeclaredChange {
  /** undefined: it comes. */
  readonly from: string | undefined;
  /** undefined: it goes. */
  readonly to: string | undefined;
  /** What it decides. The parts of an image are one thing: of a tag and a digest only one may be seen. */
  readonly what: "image" | Exclude<FieldRole, "image-tag" | "image-digest" | "image-name">;
  /** A line of a text: found again in texts only. */
  readonly line?: true;
  /** What the values in a text decide: whoever shows the text shows them. */
  readonly holds?: readonly DeclaredChange["what"][];
}

export function declaredChanges(files: readonly FileChange[]): readonly DeclaredChange[] {
  return files.flatMap((file) => {
    const values = valueChanges(file);
    return [...values, ...textChanges(file, values)];
  });
}

/** Of what the parsers read; nothing of a file that they don't. */
function valueChanges({ path, before, after }: FileChange): readonly DeclaredChange[] {
  const [old, fresh] = [documentsOf(path, before), documentsOf(path, after)];
  return Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => index).flatMap((index) => {
    const root = fresh[index] ?? old[index];
    const kind = root === undefined ? undefined : documentKind(path, root);
    return treeDifferences(old[index], fresh[index]).map((leaf) => ({
      from: leaf.from,
      to: leaf.to,
      what: whatOf(kind, leaf),
    }));
  });
}

function whatOf(kind: string | undefined, { path, from, to }: LeafDifference): DeclaredChange["what"] {
  const label = /^\[name=(.*)\]$/s.exec(`${path.at(-2)}`)?.[1];
  const role = fieldRole(kind, path, to ?? from ?? "", path.at(-1) === "value" ? label : undefined);
  return role === "image-tag" || role === "image-digest" || role === "image-name" ? "image" : role;
}

/** A file that becomes a value as a whole, such as one of a generated ConfigMap, and the lines in it. */
function textChanges(file: FileChange, values: readonly DeclaredChange[]): readonly DeclaredChange[] {
  const whole: DeclaredChange = {
    from: file.before,
    to: file.after,
    what: "other",
    holds: values.map(({ what }) => what),
  };
  const lines = lineEffects([file]).flatMap(({ removed, added }) =>
    Array.from({ length: Math.max(removed.length, added.length) }, (_, index): DeclaredChange => {
      const [from, to] = [removed[index], added[index]];
      return { from, to, what: "other", line: true, holds: heldBy(from, to, values) };
    }),
  );
  return [whole, ...lines, ...lines.flatMap(valueInLine)];
}

function heldBy(from: string | undefined, to: string | undefined, values: readonly DeclaredChange[]) {
  const has = (line: string | undefined, value: string | undefined) =>
    value === undefined || line?.includes(value) === true;
  return values.filter((value) => has(from, value.from) && has(to, value.to)).map(({ what }) => what);
}

/** `TAG=v1` and `tag: "v1"`: what isn't the same in both lines, as far as it is one word. */
function valueInLine({ from, to }: DeclaredChange): readonly DeclaredChange[] {
  if (from === undefined || to === undefined) return [];
  const [old, fresh] = [wordsOf(from), wordsOf(to)];
  if (old.length !== fresh.length) return [];
  return old.flatMap((word, index) =>
    word === fresh[index] ? [] : [{ from: word, to: fresh[index], what: "other" as const }],
  );
}

function wordsOf(line: string): readonly string[] {
  return line.split(/[\s=:,"'{}[\]]+/).filter((word) => word !== "");
}
