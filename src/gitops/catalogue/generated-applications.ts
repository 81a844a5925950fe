/** The applications that ApplicationSets make, and what about them the repository doesn't tell. */
import type { RepositoryFile } from "../repository-file.ts";
import type { GeneratorFacts, TemplateFacts } from "./application-set-facts.ts";
import type { FileChanges } from "./changes.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { expandGenerators, type ParameterSet } from "./expand-generators.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import type { RepositoryView, Seen } from "./repository-view.ts";
import { patchedTemplate } from "./template-patch.ts";

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

export interface UnresolvedPart {
  readonly file: string;
  /** UTF-16 offset. */
  readonly offset: number;
  /** What isn't resolved, and why. */
  readonly message: string;
}

export interface Generated {
  readonly applications: readonly GeneratedApplication[];
  readonly unresolved: readonly UnresolvedPart[];
  /** By the file of the ApplicationSets. */
  readonly files: ReadonlyMap<string, GeneratedFile>;
}

interface GeneratedFile {
  readonly applications: readonly GeneratedApplication[];
  readonly unresolved: readonly UnresolvedPart[];
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
  const unresolved: UnresolvedPart[] = [];
  const { answer: applications, seen } = view.watch(() =>
    documents.flatMap((document) => applicationsOf(file, document, view, unresolved)),
  );
  return { applications, unresolved, seen };
}

function applicationsOf(
  file: string,
  document: DocumentFacts,
  view: RepositoryView,
  unresolved: UnresolvedPart[],
): readonly GeneratedApplication[] {
  const { generators = [], templates = [], patch } = document.applicationSet ?? {};
  for (const { name, offset } of unknownGenerators(generators)) {
    const message = `what a ${name} generator finds isn't in the repository: its applications aren't resolved`;
    unresolved.push({ file, offset, message });
  }
  const made: GeneratedApplication[] = [];
  let isHidden = false;
  for (const [index, generator] of generators.entries())
    for (const set of expandGenerators([generator], view)) {
      if (made.length >= maxApplications) break;
      const template = templates[index] ?? nothing;
      const known = made.length * (patch?.text.length ?? 0) < maxPatched ? set.parameters : {};
      const patched = patch === undefined ? undefined : patchedTemplate(template, patch.text, known);
      isHidden ||= patched?.hidden === true;
      made.push({ file, document, set, ...filled(patched?.template ?? template, set, view) });
    }
  if (isHidden && patch !== undefined) {
    const message = "templatePatch says more than look-ups where its applications are: that isn't resolved";
    unresolved.push({ file, offset: patch.offset, message });
  }
  return made;
}

/** Text of patches that is filled in for one ApplicationSet. UTF-16 units. */
const maxPatched = 8 * 1024 * 1024;

const nothing: TemplateFacts = { name: undefined, namespace: undefined, paths: [] };

function filled(template: TemplateFacts, { parameters }: ParameterSet, view: RepositoryView) {
  const fill = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : fillPlaceholders(text, parameters);
  const paths = template.paths.flatMap((path) => {
    const segments = fill(path)?.split("/") ?? [];
    const known = segments.filter((segment) => segment !== "" && segment !== ".").join("/");
    return known !== "" && view.has(known) ? [known] : [];
  });
  return { name: fill(template.name), namespace: fill(template.namespace), paths };
}

function unknownGenerators(generators: readonly GeneratorFacts[]): Extract<GeneratorFacts, { kind: "unknown" }>[] {
  return generators.flatMap((generator) => {
    if (generator.kind === "unknown") return [generator];
    return generator.kind === "matrix" || generator.kind === "merge" ? unknownGenerators(generator.generators) : [];
  });
}
