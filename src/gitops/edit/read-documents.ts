import { type Document, parseAllDocuments } from "yaml";

/** The documents as the second parser reads them, with its errors. The text must already be known not to nest deeply. */
export function readDocuments(text: string): readonly Document[] {
  const documents = parseAllDocuments(text, { uniqueKeys: true, keepSourceTokens: false, logLevel: "silent" });
  return "empty" in documents ? [] : documents;
}
