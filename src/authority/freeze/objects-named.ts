/** Objects that say whether a controller applies anything, found in the repository's files by their names. */
import type { ControllerObject } from "../../gitops/catalogue/catalogue.ts";
import { objectsIn, type RepositoryObject } from "./objects-in.ts";

export interface ControllerFile {
  readonly path: string;
  readonly text: string;
}

/** What a text has to hold to be worth parsing. */
export const objectKinds =
  /\b(?:Application|AppProject|Kustomization|HelmRelease|GitRepository|OCIRepository|Bucket)\b/;

export type ObjectName = Pick<ControllerObject, "name" | "namespace"> & { readonly kind: string };

/**
 * In the order of the files. Where one of two doesn't say its namespace, it may be the other's. Documents that can't hold such an object
 * aren't parsed: generated ones are long.
 */
export function objectsNamed(
  files: readonly ControllerFile[],
  { kind, name, namespace }: ObjectName,
): readonly RepositoryObject[] {
  return files
    .flatMap(documentsOf)
    .filter((document) => mayHold(document.text, name))
    .flatMap(objectsOf)
    .filter((object) => object.kind === kind && object.name === name)
    .filter((object) => (object.namespace ?? namespace) === (namespace ?? object.namespace));
}

/** A name of plain characters stands in the text as it is, unless its characters are escaped, or a line break within it is. */
function mayHold(text: string, name: string): boolean {
  const written = text.includes(name) || !/^[\w.-]+$/.test(name) || /\\(?:[xuU]|\r?\n)/.test(text);
  return written && objectKinds.test(text);
}

interface Document {
  readonly text: string;
}

/** A file stays as it is, so it is taken apart once, and each document is parsed once. */
const documents = new WeakMap<ControllerFile, readonly Document[]>();

/** Three dashes at the beginning of a line end a document whatever it holds. Directives belong to the document after the dashes. */
function documentsOf(file: ControllerFile): readonly Document[] {
  const known = documents.get(file);
  if (known !== undefined) return known;
  const texts = /^%/m.test(file.text) ? [file.text] : file.text.split(/^(?=---\s)/m);
  const found = texts.map((text) => ({ text }));
  documents.set(file, found);
  return found;
}

const parsed = new WeakMap<Document, readonly RepositoryObject[]>();

function objectsOf(document: Document): readonly RepositoryObject[] {
  const known = parsed.get(document);
  if (known !== undefined) return known;
  const objects = objectsIn(document.text);
  parsed.set(document, objects);
  return objects;
}
