/** Changes that no known field tells of, such as a comment, a line of a properties file or a template: the file's text as one value. */
import { digest } from "../../digest.ts";
import type { Field } from "../catalogue/catalogue.ts";
import type { FileText } from "../edit/revert-text.ts";
import type { FieldChange } from "./field-change.ts";
import type { CommitShare } from "./share.ts";

/** Stands for the text of a whole file where a field names a document. */
export const textDocument = -1;

/** Newest first, one for each file of a share in which `known` has no change of the same commit. Values are digests of the texts. */
export function textChanges(shares: readonly CommitShare[], known: readonly FieldChange[]): readonly FieldChange[] {
  const told = new Set(known.map(({ commit, field }) => `${commit.id}:${field.file}`));
  return shares.flatMap(({ commit, files }) =>
    [...files]
      .filter(([path]) => !told.has(`${commit.id}:${path}`))
      .map(([path, { before, after }]) => ({
        field: textField(path, after),
        commit,
        before: textValue(before),
        after: textValue(after),
      })),
  );
}

function textField(file: string, text: FileText): Field {
  return {
    file,
    document: textDocument,
    path: ["text"],
    role: "other",
    value: textValue(text) ?? "",
    range: [0, 0],
    line: 1,
    sharedWith: [],
    image: undefined,
  };
}

function textValue(text: FileText): string | undefined {
  return text === undefined ? undefined : `text ${digest(text)}`;
}
