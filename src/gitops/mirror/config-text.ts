/** Which files may hold configuration, and their bytes as text. */
import type { TreeEntry } from "./mirror.ts";

/** Larger files are not configuration that a person reviews. Bytes. */
export const maxConfigBytes = 1024 * 1024;

const configName = /(?:\.(?:ya?ml|json|env|properties)|(?:^|\/)\.env(?:\.[^/]*)?)$/i;

export function isConfigFile(entry: TreeEntry): boolean {
  return (entry.mode === "100644" || entry.mode === "100755") && configName.test(entry.path);
}

/** undefined for what isn't valid UTF-8 text. A byte order mark stays, so that the text gives back the same bytes. */
export function configText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
