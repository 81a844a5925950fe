/** Which files may hold configuration, and their bytes as text. */
import { isAscii, isUtf8 } from "node:buffer";
import type { TreeEntry } from "./mirror.ts";

/** Larger files are not configuration that a person reviews. Bytes. */
export const maxConfigBytes = 1024 * 1024;

const configName = /(?:\.(?:ya?ml|json|env|properties|gotmpl|tpl|(?:jso|libso)nnet)|(?:^|\/)\.env(?:\.[^/]*)?)$/i;

/** What a forge or a package manager is told, and no cluster. Runbooks are read from among them. */
const workings = /(?:^|\/)(?:\.github(?!\/remit\/)|\.gitlab|\.circleci|node_modules)\//;

export function isConfigFile({ mode, path }: Pick<TreeEntry, "mode" | "path">): boolean {
  return (mode === "100644" || mode === "100755") && configName.test(path) && !workings.test(path);
}

/** undefined for what isn't valid UTF-8 text. A byte order mark stays, so that the text gives back the same bytes. */
export function configText(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  if (isAscii(bytes)) return bytes.toString("latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}
