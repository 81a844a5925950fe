/** Which references of kustomizations draw a service in, those included that somebody commented out. */
import type { FileFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import { resolveLink } from "./resolve-link.ts";

export interface Reference {
  readonly file: string;
  /** As it is written. */
  readonly text: string;
  /** Environments around the file that holds it. */
  readonly chains: readonly (readonly string[])[];
}

/** By service, in the files' order. Worked out when somebody first asks. */
export function findReferences(context: ClaimContext): (service: string) => readonly Reference[] {
  let found: ReadonlyMap<string, readonly Reference[]> | undefined;
  return (service) => {
    found ??= referencesByService(context);
    return found.get(service) ?? [];
  };
}

function referencesByService(context: ClaimContext): ReadonlyMap<string, readonly Reference[]> {
  const found = new Map<string, Reference[]>();
  for (const file of context.files.values()) {
    const texts = referencesOf(file);
    if (texts.size === 0) continue;
    const own = context.directoryNames(file.path, false);
    let chains: Reference["chains"] | undefined;
    for (const text of texts) {
      for (const name of namesOf(file.path, text, context)) {
        if (own.includes(name)) continue;
        chains ??= context.graph.placements(file.path).map(({ chain }) => chain);
        const reference = { file: file.path, text, chains };
        const known = found.get(name);
        if (known === undefined) found.set(name, [reference]);
        else known.push(reference);
      }
    }
  }
  return found;
}

function referencesOf({ documents, disabled }: FileFacts): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { kind, links } of documents) if (kind === "Kustomize") for (const { target } of links) texts.add(target);
  for (const target of disabled) texts.add(target);
  return texts;
}

function namesOf(from: string, reference: string, context: ClaimContext): readonly string[] {
  const target = resolveLink(from, reference, "file");
  if (target === undefined || target === "") return [];
  const file = context.files.get(target);
  if (file === undefined && /\.ya?ml$/.test(target)) return context.directoryNames(target, false);
  if (file === undefined) return context.directoryNames(`${target}/kustomization.yaml`, false);
  return [...new Set([...context.directoryNames(target, false), ...objectNames(file, context)])];
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
