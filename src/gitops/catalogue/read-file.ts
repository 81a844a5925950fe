/** Reads a file's facts, once for each file object: unchanged files are shared between revisions by the mirror. */
import type { RepositoryFile } from "../repository-file.ts";
import { parseYamlTree } from "../yaml-tree.ts";
import type { FileDiagnostic } from "./catalogue.ts";
import type { FileFacts } from "./document-facts.ts";
import { readDocument } from "./read-document.ts";

export type FileReading =
  | { readonly facts: FileFacts; readonly diagnostic: undefined }
  | { readonly facts: undefined; readonly diagnostic: FileDiagnostic | undefined };

const known = new WeakMap<RepositoryFile, FileReading>();

export function readFile(file: RepositoryFile): FileReading {
  const before = known.get(file);
  if (before !== undefined) return before;
  const reading = readFresh(file);
  known.set(file, reading);
  return reading;
}

function readFresh({ path, text }: RepositoryFile): FileReading {
  if (!/\.(?:ya?ml|json)$/i.test(path)) return { facts: { path, documents: [] }, diagnostic: undefined };
  const parsed = parseYamlTree(text);
  if (!parsed.ok) {
    const template = text.includes("{{") ? "a template can't be read: " : "";
    return { facts: undefined, diagnostic: { file: path, line: parsed.line, message: `${template}${parsed.message}` } };
  }
  const documents = parsed.documents.map((root, index) => readDocument(path, root, index));
  return { facts: { path, documents }, diagnostic: undefined };
}
