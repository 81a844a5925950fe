/** Which images some fields name, put together from their parts: name and tag, name and digest. Pure. */
import type { Field, FieldPath, FieldRole } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";

const parts: ReadonlySet<FieldRole> = new Set(["image", "image-tag", "image-digest", "image-name"]);

/**
 * `fields`: all of a target. `values`: by fieldKey, what some of them say instead. Each image of which one of those is a part is
 * told once, as it would be pulled: by its digest where it has one. What has no name beside it, or no version, is left out.
 */
export function imageReferences(fields: readonly Field[], values: ReadonlyMap<string, string>): readonly string[] {
  const said = (field: Field) => values.get(fieldKey(field)) ?? field.value;
  const found = fields
    .filter((field) => parts.has(field.role) && values.has(fieldKey(field)))
    .map((field) =>
      field.role === "image"
        ? said(field)
        : fromParts([field, ...fields.filter((other) => other !== field && isBeside(field, other))], said),
    );
  return [...new Set(found.filter((reference) => reference !== undefined))];
}

/** The first of each role counts. */
function fromParts(beside: readonly Field[], said: (field: Field) => string): string | undefined {
  const of = (role: FieldRole) => beside.find((field) => field.role === role && said(field) !== "");
  const [digest, named] = [of("image-digest"), of("image-name")];
  const version = digest ?? of("image-tag");
  const known = version?.image;
  // `name` beside a tag is the image's only where it looks like one: lists of services have names, too.
  if (version === undefined || known === undefined || !known.includes("/")) return undefined;
  // The name may change in step, and a registry may stand before it.
  const name =
    named !== undefined && known.endsWith(named.value) ? known.slice(0, -named.value.length) + said(named) : known;
  return `${name}${digest === undefined ? ":" : "@"}${said(version)}`;
}

function isBeside(field: Field, other: Field): boolean {
  return field.file === other.file && field.document === other.document && haveOneParent(field.path, other.path);
}

function haveOneParent(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.slice(0, -1).every((step, index) => step === b[index]);
}
