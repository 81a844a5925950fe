/**
 * Who a file that no parser reads is about, from lines that can hardly mean anything else: a broken manifest is a likely culprit,
 * and a template is still somebody's.
 */
import type { DocumentFacts } from "./document-facts.ts";

/** Objects of one file that are looked at, and lines of each: an object's header is near the top. */
const maxDocuments = 200;
const maxLines = 60;
const maxLength = 1024 * 1024;

export function scanUnreadable(text: string): DocumentFacts[] {
  if (text.length > maxLength) return [];
  const found: DocumentFacts[] = [];
  for (const [index, part] of text.split(/^---.*$/m, maxDocuments).entries()) {
    const { kind, name, namespace } = header(part);
    if (kind !== undefined && name !== undefined) found.push({ ...nothing, index, kind, name, namespace });
  }
  return found;
}

const nothing = { aliases: [], images: [], items: [], links: [], controller: undefined } as const;

interface Header {
  kind: string | undefined;
  name: string | undefined;
  namespace: string | undefined;
}

/** `kind`, and `name` and `namespace` directly below `metadata`, where they are plain words. */
function header(part: string): Header {
  const found: Header = { kind: undefined, name: undefined, namespace: undefined };
  let inside = false;
  let indent = "";
  for (const line of part.split(/\r?\n/, maxLines)) {
    const match = /^( *)(\w+):(?: +["']?([\w.-]+)["']?)?\s*$/.exec(line);
    const [, space = "", key, value] = match ?? [];
    if (space === "" && key !== undefined) {
      inside = key === "metadata";
      indent = "";
      if (key === "kind") found.kind ??= value;
    } else if (inside && key !== undefined) {
      if (indent === "") indent = space;
      if (space === indent && key === "name") found.name ??= value;
      if (space === indent && key === "namespace") found.namespace ??= value;
    }
  }
  return found;
}
