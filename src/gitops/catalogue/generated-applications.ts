/** The applications that ApplicationSets make, and what about them the repository doesn't tell. */
import type { GeneratorFacts, TemplateFacts } from "./application-set-facts.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { expandGenerators, type ParameterSet } from "./expand-generators.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import type { RepositoryView } from "./repository-view.ts";

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
}

/** Together; a repository with more is told in part. */
const maxApplications = 20_000;

export function generatedApplications(files: ReadonlyMap<string, FileFacts>, view: RepositoryView): Generated {
  const applications: GeneratedApplication[] = [];
  const unresolved: UnresolvedGenerator[] = [];
  for (const { path: file, documents } of files.values()) {
    for (const document of documents) {
      const facts = document.applicationSet;
      if (facts === undefined) continue;
      for (const { name, offset } of unknownGenerators(facts.generators))
        unresolved.push({ file, offset, generator: name });
      for (const [index, generator] of facts.generators.entries()) {
        for (const set of expandGenerators([generator], view)) {
          if (applications.length >= maxApplications) break;
          applications.push({ file, document, set, ...filled(facts.templates[index], set, view) });
        }
      }
    }
  }
  return { applications, unresolved };
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
