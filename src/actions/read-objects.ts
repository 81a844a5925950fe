/** The Kubernetes objects in the target's own parts of its files, and what a field in one of them is called. Pure. */
import type { CatalogueTarget, Field, FieldPath } from "../gitops/catalogue/catalogue.ts";
import { documentKind } from "../gitops/catalogue/document-kind.ts";
import { at, textAt } from "../gitops/catalogue/node-access.ts";
import { isProperties } from "../gitops/catalogue/read-properties.ts";
import { parseYamlTree, type YamlNode } from "../gitops/yaml-tree.ts";

export interface RepositoryObject {
  readonly file: string;
  readonly document: number;
  /** `Kustomize` for a kustomization file; undefined for values and other plain YAML. */
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly root: YamlNode;
}

export interface TargetObjects {
  /** Whole documents that are the target's, in the order of files and documents. */
  readonly own: readonly RepositoryObject[];
  /** The object that the field stands in. */
  readonly objectOf: (field: Pick<Field, "file" | "document">) => RepositoryObject | undefined;
  /** Words by which a person may mean the field: keys and item names on its path, its object's name, its file's name. */
  readonly namesOf: (field: Pick<Field, "file" | "document" | "path">) => readonly string[];
}

/** Files that can't be read have no objects. */
export function readObjects(entry: CatalogueTarget, files: ReadonlyMap<string, string>): TargetObjects {
  const read = new Map<string, readonly RepositoryObject[]>();
  const objectsIn = (file: string): readonly RepositoryObject[] => {
    let objects = read.get(file);
    if (objects === undefined) {
      objects = parse(file, files.get(file));
      read.set(file, objects);
    }
    return objects;
  };
  const scopes = entry.scopes ?? [];
  const own = [...new Set(scopes.map(({ file }) => file))]
    .toSorted()
    .flatMap((file) =>
      objectsIn(file).filter(({ document }) =>
        scopes.some((scope) => scope.file === file && scope.document === document && scope.path.length === 0),
      ),
    );
  const objectOf = (field: Pick<Field, "file" | "document">) =>
    objectsIn(field.file).find(({ document }) => document === field.document);
  return {
    own,
    objectOf,
    namesOf(field) {
      const object = objectOf(field);
      const stem = /([^/]+?)(?:\.[^./]+)?$/.exec(field.file)?.[1];
      return [...namesAlong(object?.root, field.path), object?.name, stem].filter((name) => name !== undefined);
    },
  };
}

function parse(file: string, text: string | undefined): readonly RepositoryObject[] {
  if (text === undefined || isProperties(file)) return [];
  const parsed = parseYamlTree(text);
  if (!parsed.ok) return [];
  return parsed.documents.map((root, document) => ({
    file,
    document,
    kind: documentKind(file, root),
    name: textAt(root, "metadata", "name"),
    root,
  }));
}

function namesAlong(root: YamlNode | undefined, path: FieldPath): readonly string[] {
  return path.flatMap((step, index) => {
    if (typeof step === "string") return index === path.length - 1 ? [] : [step];
    return textAt(at(root, ...path.slice(0, index + 1)), "name") ?? [];
  });
}
