/** Which lines of other files draw a service in. */
import type { RepositoryFile } from "../repository-file.ts";
import type { Mention } from "./catalogue.ts";
import type { Reference } from "./find-references.ts";

export interface FoundMention extends Mention {
  /** Environments around the file that holds it. */
  readonly chains: readonly (readonly string[])[];
}

export function findMentions(
  service: string,
  references: (service: string) => readonly Reference[],
  texts: ReadonlyMap<string, RepositoryFile>,
): readonly FoundMention[] {
  const found: FoundMention[] = [];
  let [file, lines] = ["", [] as readonly string[]];
  for (const { file: holder, text, chains } of references(service)) {
    if (holder !== file) [file, lines] = [holder, (texts.get(holder)?.text ?? "").split("\n")];
    for (const { line, disabled } of places(lines, text)) found.push({ file, line, text, disabled, chains });
  }
  return found;
}

function* places(lines: readonly string[], reference: string): Generator<{ line: number; disabled: boolean }> {
  for (const [index, line] of lines.entries()) {
    if (!line.includes(reference)) continue;
    const match = /^\s*(#[\s#]*)?(?:-\s+)?(?:path:\s*)?["']?([^\s"'#]+)/.exec(line);
    if (match?.[2] === reference) yield { line: index + 1, disabled: match[1] !== undefined };
  }
}
