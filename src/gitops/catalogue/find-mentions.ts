/** Which lines of other files draw a service in: references of kustomizations, those included that somebody commented out. */
import type { RepositoryFile } from "../repository-file.ts";
import type { Mention } from "./catalogue.ts";
import { directoryNames } from "./directory-names.ts";
import type { FileFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import { resolveLink } from "./placement-graph.ts";

export interface FoundMention extends Mention {
  /** Environments around the file that holds it. */
  readonly chains: readonly (readonly string[])[];
}

/** By service. */
export function findMentions(
  texts: ReadonlyMap<string, RepositoryFile>,
  context: ClaimContext,
): ReadonlyMap<string, readonly FoundMention[]> {
  const found = new Map<string, FoundMention[]>();
  for (const file of context.files.values()) {
    const references = new Set([
      ...file.documents.filter(({ kind }) => kind === "Kustomize").flatMap(({ links }) => links.map((l) => l.target)),
      ...file.disabled,
    ]);
    if (references.size === 0) continue;
    const own = new Set(directoryNames(file.path, false, context.environments));
    const lines = (texts.get(file.path)?.text ?? "").split("\n");
    const chains = context.graph.placements(file.path).map(({ chain }) => chain);
    for (const reference of references) {
      const names = namesOf(file.path, reference, context).filter((name) => !own.has(name));
      if (names.length === 0) continue;
      for (const { line, disabled } of places(lines, reference))
        for (const name of names) append(found, name, { file: file.path, line, text: reference, disabled, chains });
    }
  }
  return found;
}

function namesOf(from: string, reference: string, context: ClaimContext): readonly string[] {
  const target = resolveLink(from, reference, "file");
  if (target === undefined || target === "") return [];
  const file = context.files.get(target);
  if (file === undefined && /\.ya?ml$/.test(target)) return directoryNames(target, false, context.environments);
  if (file === undefined) return directoryNames(`${target}/kustomization.yaml`, false, context.environments);
  return [...new Set([...directoryNames(target, false, context.environments), ...objectNames(file, context)])];
}

function objectNames(file: FileFacts, context: ClaimContext): readonly string[] {
  return file.documents.flatMap((document) =>
    document.kind === "Kustomize"
      ? []
      : documentNames(file, document, context)
          .filter(({ rank }) => rank > 0)
          .map(({ name }) => name),
  );
}

function* places(lines: readonly string[], reference: string): Generator<{ line: number; disabled: boolean }> {
  for (const [index, line] of lines.entries()) {
    const match = /^\s*(#[\s#]*)?(?:-\s+)?(?:path:\s*)?["']?([^\s"'#]+)/.exec(line);
    if (match?.[2] === reference) yield { line: index + 1, disabled: match[1] !== undefined };
  }
}

function append(map: Map<string, FoundMention[]>, key: string, value: FoundMention): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
