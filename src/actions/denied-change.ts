/** Why a file's restored text may not be written, whatever it says; undefined when it may. */
import { parseAllDocuments } from "yaml";
import { secretBearing } from "../gitops/edit/secret-bearing.ts";
import { writablePath } from "../gitops/edit/writable-path.ts";
import { parseYamlTree } from "../gitops/yaml-tree.ts";
import type { Reason } from "../reason.ts";
import type { FileChange } from "./candidate.ts";

const maxLength = 1024 * 1024;

/** What could be read before must stay readable. */
export function deniedChange({ path, before, after }: FileChange): Reason | undefined {
  const denied = writablePath(path);
  if (denied !== undefined) return denied;
  for (const text of [before, after]) {
    if (text === undefined) continue;
    if (text.length > maxLength) return { code: "file-too-large", message: "the file is too large to be edited" };
    if (secretBearing(text)) return { code: "path-denied", message: "Remit never writes a file that may hold secrets" };
  }
  // In this order: what is restored is nearly always readable, and then the other text needn't be parsed.
  if (/\.(?:ya?ml|json)$/i.test(path) && !isReadable(after ?? "") && isReadable(before ?? ""))
    return { code: "edit-not-proved", message: "the restored file couldn't be read any more" };
  return undefined;
}

/** For both parsers. The first one refuses what nests too deeply for the second. */
function isReadable(text: string): boolean {
  if (!parseYamlTree(text).ok) return false;
  const documents = parseAllDocuments(text, { keepSourceTokens: false, logLevel: "silent" });
  return "empty" in documents || documents.every(({ errors }) => errors.length === 0);
}
