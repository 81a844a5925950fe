/** A base belongs to many: what one environment is to have is written where only it is described. Pure. */
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { at } from "../gitops/catalogue/node-access.ts";
import type { DraftEdit } from "./bind-draft.ts";
import type { RepositoryObject, TargetObjects } from "./read-objects.ts";

/** The same value as an entry of the target's own patch of the object; the edit itself where there is no such patch, or several. */
export function inOwnLayer(
  edit: Extract<DraftEdit, { kind: "set" }>,
  value: string | number | boolean,
  entry: CatalogueTarget,
  objects: TargetObjects,
): DraftEdit {
  const { field } = edit;
  const { path } = field;
  if (field.sharedWith.length === 0 || path.some((step) => typeof step === "number")) return edit;
  const object = objects.objectOf(field);
  if (object?.kind === undefined || object.name === undefined) return edit;
  const patches = objects.own.filter(
    (other) =>
      other.file !== field.file &&
      other.kind === object.kind &&
      other.name === object.name &&
      at(other.root, ...path) === undefined &&
      isOwn(other, entry),
  );
  const [patch, ...others] = patches;
  if (patch === undefined || others.length > 0) return edit;
  return { kind: "insert", file: patch.file, entry: { document: patch.document, path, value } };
}

/** No field in it decides anything for another target. */
export function isOwn({ file, document }: RepositoryObject, { fields }: CatalogueTarget): boolean {
  const inside = fields.filter((field) => field.file === file && field.document === document);
  return inside.length > 0 && inside.every(({ sharedWith }) => sharedWith.length === 0);
}
