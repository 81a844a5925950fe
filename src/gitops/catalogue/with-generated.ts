import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import type { Generated, GeneratedApplication } from "./generated-applications.ts";

/** The files as if each ApplicationSet held the applications that it makes: for whoever asks what is drawn in and delivered. */
export function withGenerated(
  files: ReadonlyMap<string, FileFacts>,
  applications: readonly GeneratedApplication[],
): ReadonlyMap<string, FileFacts> {
  if (applications.length === 0) return files;
  const added = new Map<string, DocumentFacts[]>();
  for (const { file, document, name, namespace, paths } of applications) {
    if (paths.length === 0) continue;
    const list = added.get(file) ?? [];
    list.push({
      ...document,
      kind: "Application",
      name,
      links: paths.map((target) => ({ target, from: "root" })),
      controller: { kind: "Application", targetNamespace: namespace },
    });
    added.set(file, list);
  }
  const all = new Map(files);
  for (const [path, documents] of added) {
    const file = files.get(path);
    if (file !== undefined) all.set(path, { ...file, documents: [...file.documents, ...documents] });
  }
  return all;
}

/** Files of ApplicationSets that deliver something else than before. */
export function changedByGenerated(before: Generated, now: Generated): readonly string[] {
  const paths = new Set([...before.files.keys(), ...now.files.keys()]);
  return [...paths].filter((path) => {
    const [a, b] = [before.files.get(path), now.files.get(path)];
    return a !== b && delivered(a?.applications) !== delivered(b?.applications);
  });
}

function delivered(applications: readonly GeneratedApplication[] = []): string {
  return JSON.stringify(applications.map(({ name, namespace, paths }) => [name, namespace, paths]));
}
