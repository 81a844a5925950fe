/** The applications that ApplicationSets make, and what about them the repository doesn't tell. */
import type { RepositoryFile } from "../repository-file.ts";
import type { GeneratorFacts, TemplateFacts } from "./application-set-facts.ts";
import type { FileChanges } from "./changes.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { expandGenerators, type ParameterSet } from "./expand-generators.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import type { RepositoryView, Seen } from "./repository-view.ts";

export interface GeneratedApplication {
  /** Of the ApplicationSet. */
  readonly file: string;
  readonly document: DocumentFacts;
  /** undefined where only the cluster or a forge knows it. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Those that are in this repository. */
  readonly paths: readonly string[];
  readonly set: ParameterSet;
}

export interface UnresolvedGenerator {
  readonly file: string;
  /** UTF-16 offset. */
  readonly offset: number;
  /** `clusters`, `scmProvider`, `pullRequest` … */
  readonly generator: string;
}

export interface Generated {
  readonly applications: readonly GeneratedApplication[];
  readonly unresolved: readonly UnresolvedGenerator[];
  /** By the file of the ApplicationSets. */
  readonly files: ReadonlyMap<string, GeneratedFile>;
}

interface GeneratedFile {
  readonly applications: readonly GeneratedApplication[];
  readonly unresolved: readonly UnresolvedGenerator[];
  readonly seen: Seen;
}

/** Together; a repository with more is told in part. */
const maxApplications = 20_000;

/** `known`: what still holds of an earlier revision, by file. */
export function generatedApplications(
  files: Iterable<FileFacts>,
  view: RepositoryView,
  known: ReadonlyMap<string, GeneratedFile> = new Map(),
): Generated {
  const found = new Map<string, GeneratedFile>();
  let count = 0;
  for (const file of files) {
    if (count >= maxApplications) break;
    const generated = known.get(file.path) ?? generatedBy(file, view);
    found.set(file.path, generated);
    count += generated.applications.length;
  }
  const all = [...found.values()];
  return {
    applications: all.flatMap(({ applications }) => applications).slice(0, maxApplications),
    unresolved: all.flatMap(({ unresolved }) => unresolved),
    files: found,
  };
}

/** What nothing that it looked at has changed for since. */
export function stillGenerated(
  { files }: Generated,
  now: ReadonlyMap<string, RepositoryFile>,
  { changed, added, removed }: FileChanges,
): ReadonlyMap<string, GeneratedFile> {
  const moved = [...added, ...removed];
  const holds = ({ seen }: GeneratedFile): boolean =>
    sameTexts(seen, now) && !moved.some((path) => [...seen.starts].some((start) => path.startsWith(start)));
  return new Map([...files].filter(([path, generated]) => !changed.has(path) && holds(generated)));
}

/** Are the texts of the files that generators read the same? */
export function sameInputs({ files }: Generated, now: ReadonlyMap<string, RepositoryFile>): boolean {
  return [...files.values()].every(({ seen }) => sameTexts(seen, now));
}

function sameTexts({ texts }: Seen, now: ReadonlyMap<string, RepositoryFile>): boolean {
  for (const [path, text] of texts) if (now.get(path)?.text !== text) return false;
  return true;
}

function generatedBy({ path: file, documents }: FileFacts, view: RepositoryView): GeneratedFile {
  const unresolved: UnresolvedGenerator[] = [];
  const { answer: applications, seen } = view.watch(() => {
    const made: GeneratedApplication[] = [];
    for (const document of documents) {
      const { generators = [], templates = [] } = document.applicationSet ?? {};
      for (const { name, offset } of unknownGenerators(generators)) unresolved.push({ file, offset, generator: name });
      for (const [index, generator] of generators.entries())
        for (const set of expandGenerators([generator], view)) {
          if (made.length >= maxApplications) break;
          made.push({ file, document, set, ...filled(templates[index], set, view) });
        }
    }
    return made;
  });
  return { applications, unresolved, seen };
}

function filled(template: TemplateFacts | undefined, { parameters }: ParameterSet, view: RepositoryView) {
  const fill = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : fillPlaceholders(text, parameters);
  const paths = (template?.paths ?? []).flatMap((path) => {
    const segments = fill(path)?.split("/") ?? [];
    const known = segments.filter((segment) => segment !== "" && segment !== ".").join("/");
    return known !== "" && view.has(known) ? [known] : [];
  });
  return { name: fill(template?.name), namespace: fill(template?.namespace), paths };
}

function unknownGenerators(generators: readonly GeneratorFacts[]): Extract<GeneratorFacts, { kind: "unknown" }>[] {
  return generators.flatMap((generator) => {
    if (generator.kind === "unknown") return [generator];
    return generator.kind === "matrix" || generator.kind === "merge" ? unknownGenerators(generator.generators) : [];
  });
}
