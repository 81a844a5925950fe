import { type Document, isCollection, visit } from "yaml";

/**
 * Is every key a scalar? One that is a collection is written out as text, level by level, when a document becomes a plain value: a few
 * hundred bytes of them, one within another, never come to an end. Throws RangeError where it nests too deeply to be looked through.
 */
export function hasPlainKeys(document: Document): boolean {
  let plain = true;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return undefined;
      plain = false;
      return visit.BREAK;
    },
  });
  return plain;
}
