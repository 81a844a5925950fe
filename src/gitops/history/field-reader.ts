/** Reads the texts of one question's commits. Commits mostly share theirs, and each is read once. */
import { type StableFields, stableFields } from "./stable-fields.ts";

/** undefined for a text that can't be read. */
export type FieldReader = (path: string, text: string) => StableFields | undefined;

export function fieldReader(): FieldReader {
  const known = new Map<string, Map<string, StableFields | undefined>>();
  return (path, text) => {
    const texts = known.get(path) ?? new Map<string, StableFields | undefined>();
    known.set(path, texts);
    if (!texts.has(text)) texts.set(text, stableFields(path, text));
    return texts.get(text);
  };
}
