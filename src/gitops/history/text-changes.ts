/** Changes that no known field tells of, such as a comment, a line of a properties file or a template: the file's text as one value. */
import { digest } from "../../digest.ts";
import type { Field } from "../catalogue/catalogue.ts";
import type { FileText } from "../edit/revert-text.ts";
import { parseYamlTree } from "../yaml-tree.ts";
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
        ...kindOf(path, before, after),
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

function kindOf(path: string, before: FileText, after: FileText): Pick<FieldChange, "text"> {
  if (before === undefined || after === undefined) return {};
  if (withoutComments(before) === withoutComments(after)) return { text: "comments" };
  if (!/\.(?:ya?ml|json)$/i.test(path) || parseYamlTree(after).ok || !parseYamlTree(before).ok) return {};
  return { text: "unreadable" };
}

/** Lines that hold something. */
function withoutComments(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => !/^\s*(?:#.*)?$/.test(line))
    .join("\n");
}

function textValue(text: FileText): string | undefined {
  return text === undefined ? undefined : `text ${digest(text)}`;
}
