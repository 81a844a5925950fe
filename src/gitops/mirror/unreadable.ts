/** Why a file that could hold configuration isn't read, for people. */
import { maxConfigBytes } from "./config-text.ts";
import type { TreeEntry } from "./mirror.ts";

/** U+FFFD stands for bytes of a name that aren't UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const strangeName = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;

/** From the tree alone. */
export function unreadableEntry({ path, mode }: TreeEntry): string | undefined {
  if (mode === "160000") return "a submodule's files aren't in this repository";
  if (mode === "120000") return "a symbolic link isn't followed";
  if (strangeName.test(path)) return "the name holds control characters or isn't UTF-8";
  return undefined;
}

const lfsPointer = /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\n/;

/** `content` is undefined where the file is too large, `text` where it isn't text. */
export function unreadableText(content: Buffer | undefined, text: string | undefined): string | undefined {
  if (content === undefined) return `the file is larger than ${maxConfigBytes / 1024 / 1024} MiB`;
  if (text === undefined) return "the file isn't UTF-8 text";
  if (lfsPointer.test(text)) return "a Git LFS pointer: the content isn't in the repository";
  return undefined;
}
