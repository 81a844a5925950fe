/** Reads a file's facts, once for each file object: unchanged files are shared between revisions by the mirror. */
import type { RepositoryFile } from "../repository-file.ts";
import type { FileDiagnostic } from "./catalogue.ts";
import { disabledReferences } from "./disabled-references.ts";
import type { FileFacts } from "./document-facts.ts";
import { readDocument } from "./read-document.ts";
import { readTree } from "./read-tree.ts";
import { scanUnreadable } from "./scan-unreadable.ts";
import { variableNames } from "./variable-names.ts";

export interface FileReading {
  /** Of a file that can't be read: what its name and its plainest lines tell. */
  readonly facts: FileFacts;
  readonly diagnostic: FileDiagnostic | undefined;
}

const known = new WeakMap<RepositoryFile, FileReading>();

/** `trees` may know the file's text from another one. */
export function readFile(file: RepositoryFile, trees: typeof readTree = readTree): FileReading {
  const before = known.get(file);
  if (before !== undefined) return before;
  const reading = readFresh(file, trees);
  known.set(file, reading);
  return reading;
}

function readFresh({ path, text }: RepositoryFile, trees: typeof readTree): FileReading {
  const parsed = trees(path, text);
  if (!parsed.ok) {
    const template = text.includes("{{");
    const message = template ? `a template can't be read: ${parsed.message}` : parsed.message;
    return {
      facts: { path, documents: scanUnreadable(text), disabled: [], readable: false },
      diagnostic: { file: path, line: parsed.line, message, ...(template ? { template } : {}) },
    };
  }
  const documents = parsed.documents.map((root, index) => readDocument(path, root, index));
  const kustomize = documents.some((document) => document.kind === "Kustomize");
  return {
    facts: {
      path,
      documents,
      disabled: kustomize ? disabledReferences(text) : [],
      variables: text.includes("${") ? variableNames(text) : undefined,
      readable: true,
    },
    diagnostic: undefined,
  };
}
