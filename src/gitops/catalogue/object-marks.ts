/** Labels and annotations of an object as they are when a patch is applied, where its own file tells them. */
import type { Field, FieldPath } from "./catalogue.ts";
import type { DocumentFacts } from "./document-facts.ts";
import type { LayerContext } from "./layer-fields.ts";
import { at, textAt } from "./node-access.ts";
import type { Marked } from "./patched-object.ts";
import { readTree } from "./read-tree.ts";
import { resolveLink } from "./resolve-link.ts";

/** A patch of a kustomization. */
export interface AppliedPatch {
  readonly kustomization: string;
  /** Where it is written there. */
  readonly place: FieldPath;
  /** Files that the kustomization draws in. */
  readonly reached: ReadonlySet<string>;
}

type Trees = (file: string) => ReturnType<typeof readTree>;

/** Of the object that the field is in. What one of the kustomizations in between puts on or patches isn't known. */
export function objectMarks({ texts, context }: LayerContext): (field: Field, patch: AppliedPatch) => Marked {
  const trees = new Map<string, ReturnType<typeof readTree>>();
  const treeOf: Trees = (file) => {
    const tree = trees.get(file) ?? readTree(file, texts.get(file)?.text ?? "");
    trees.set(file, tree);
    return tree;
  };
  const textOf = (kustomization: string, document: number, place: FieldPath, file: string | undefined): string => {
    const path = file === undefined ? undefined : resolveLink(kustomization, file, "file");
    return (path === undefined ? writtenAt(treeOf(kustomization), document, place) : texts.get(path)?.text) ?? "";
  };
  return ({ file, document }, patch) => {
    const between = [...patch.reached].filter((path) => context.graph.reachable(path).has(file));
    const isChanged = (kind: "labels" | "annotations", key: string): boolean =>
      between.some((path) =>
        (context.files.get(path)?.documents ?? []).some((own) => {
          const here = path === patch.kustomization;
          return (
            ((!here || isLate(patch)) && own.marks?.[kind].includes(key) === true) ||
            patchTexts(own, here ? patch.place : undefined, (place, link) => textOf(path, own.index, place, link)).some(
              (text) => mentions(text, kind, key),
            )
          );
        }),
      );
    return (kind, key) =>
      isChanged(kind, key) ? undefined : writtenAt(treeOf(file), document, ["metadata", kind, key]);
  };
}

/** `patchesJson6902` come after the kustomization's own labels, `patches` before. */
function isLate({ place }: AppliedPatch): boolean {
  return place[0] === "patchesJson6902" || place[1] === "patchesJson6902";
}

function patchTexts(
  { patches = [] }: DocumentFacts,
  except: FieldPath | undefined,
  read: (place: FieldPath, file: string | undefined) => string,
): readonly string[] {
  return patches.filter(({ path }) => path.join() !== except?.join()).map(({ path, file }) => read(path, file));
}

/** As keys, or as parts of a JSON pointer. */
function mentions(text: string, kind: string, key: string): boolean {
  return text.includes(kind) && (text.includes(key) || text.includes(key.replaceAll("~", "~0").replaceAll("/", "~1")));
}

function writtenAt(tree: ReturnType<typeof readTree>, document: number, path: FieldPath): string | undefined {
  return tree.ok ? textAt(at(tree.documents[document], ...path)) : undefined;
}
