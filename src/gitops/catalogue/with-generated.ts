import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import type { GeneratedApplication } from "./generated-applications.ts";

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
