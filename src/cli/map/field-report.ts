/** Everything that the repository tells about one field: who sets it, who else writes it, who is affected, what it was and when. */

import { RemitError } from "../../errors.ts";
import type { Catalogue, CatalogueTarget, Field, Scope, WriterKind } from "../../gitops/catalogue/catalogue.ts";
import { collectFields } from "../../gitops/catalogue/collect-fields.ts";
import { documentKind } from "../../gitops/catalogue/document-kind.ts";
import { lineIndex } from "../../gitops/catalogue/line-index.ts";
import { pathStartsWith } from "../../gitops/catalogue/path-starts-with.ts";
import { readTree } from "../../gitops/catalogue/read-tree.ts";
import { writerOfAuthor } from "../../gitops/catalogue/writer-of-author.ts";
import type { CommitTexts } from "../../gitops/history/commit-texts.ts";
import { fieldChanges } from "../../gitops/history/field-changes.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { RepositoryReader } from "../../remediation/repository-reader.ts";
import type { Target } from "../../target.ts";
import { controllersOf, describeField, type FieldDescription, type TargetDescription } from "./describe-target.ts";
import { pathText } from "./path-text.ts";
import type { Progress } from "./progress.ts";

export interface FieldReport {
  readonly field: FieldDescription;
  /** Targets that the field determines. */
  readonly affects: readonly Target[];
  readonly controllers: TargetDescription["controllers"];
  /** Newest first. */
  readonly history: readonly PastValue[];
  /** Older commits touch the file, and weren't read. */
  readonly older: boolean;
}

export interface PastValue {
  readonly commit: string;
  /** ISO 8601. */
  readonly at: string;
  readonly author: string;
  /** A bot, by the name that it signs with. */
  readonly writer: WriterKind | undefined;
  readonly subject: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** How far back one file is read. */
const commitLimit = 200;

/** One report for each document of the file that has the field. Throws RemitError usage where there is none. */
export async function fieldReports(
  reader: RepositoryReader,
  revision: Revision,
  place: string,
  progress: Progress,
): Promise<readonly FieldReport[]> {
  const { file, text, path } = await locate(reader, revision, place);
  const fields = fieldsAt(file, text, path);
  if (fields.length === 0) throw usage(`${file} has no field ${JSON.stringify(path)}`);
  const catalogue = await reader.catalogue(revision);
  const commits = await reader.mirror.log(revision, { paths: [file], limit: commitLimit });
  const texts: CommitTexts[] = [];
  for (const [index, commit] of commits.entries()) {
    progress.step(index + 1, commits.length);
    const parent = commit.parents[0];
    const before = parent === undefined ? undefined : (await reader.texts(parent, [file])).get(file);
    const after = (await reader.texts(commit.id, [file])).get(file);
    texts.push({ commit, texts: new Map([[file, { before, after }]]) });
  }
  return fields.map((field) => report(catalogue, field, texts, commits.length === commitLimit));
}

function report(catalogue: Catalogue, bare: Field, texts: readonly CommitTexts[], older: boolean): FieldReport {
  const owners = catalogue.targets.filter((entry) => holds(entry, bare));
  const known = owners.map((entry) => entry.fields.find((field) => samePlace(field, bare)));
  const field =
    known.find((each) => each?.shadowedBy ?? each?.writers) ?? known.find((each) => each !== undefined) ?? bare;
  const target = { service: "", environment: undefined, namespace: undefined };
  const changes = fieldChanges({ target, fields: [bare], scopes: [bare] }, texts);
  return {
    field: { ...describeField(field), sharedWith: Math.max(0, owners.length - 1) },
    affects: owners.map((entry) => entry.target),
    controllers: controllersOf(catalogue, [bare.file]),
    older,
    history: changes
      .filter((change) => samePlace(change.field, bare))
      .map(({ commit, before, after }) => ({
        commit: commit.id,
        at: new Date(commit.committedAt).toISOString(),
        author: commit.author.name,
        writer: writerOfAuthor(commit.author),
        subject: commit.message.split("\n", 1)[0] ?? "",
        before,
        after,
      })),
  };
}

/** `FILE:PATH`, where a file's name may have colons of its own. */
async function locate(reader: RepositoryReader, revision: Revision, place: string) {
  for (let at = place.indexOf(":"); at > 0; at = place.indexOf(":", at + 1)) {
    const file = place.slice(0, at);
    const text = (await reader.texts(revision, [file])).get(file);
    if (text !== undefined) return { file, text, path: place.slice(at + 1) };
  }
  throw usage(
    place.includes(":")
      ? "--field: the repository has no such file"
      : "--field wants FILE:PATH, such as values.yaml:image.tag",
  );
}

function fieldsAt(file: string, text: string, path: string): readonly Field[] {
  const parsed = readTree(file, text);
  if (!parsed.ok)
    throw usage(`${file}${parsed.line === undefined ? "" : `:${parsed.line}`} can't be read: ${parsed.message}`);
  const lineAt = lineIndex(text);
  return parsed.documents.flatMap((root, document) =>
    collectFields({ file, document, kind: documentKind(file, root), text, lineAt }, root, [])
      .filter((field) => pathText(field.path) === path)
      .map((field) => ({ ...field, sharedWith: [] })),
  );
}

type Place = Pick<Scope, "file" | "document" | "path">;

function holds(entry: CatalogueTarget, place: Place): boolean {
  return (entry.scopes ?? []).some(
    ({ file, document, path }) =>
      file === place.file && document === place.document && pathStartsWith(place.path, path),
  );
}

function samePlace(a: Place, b: Place): boolean {
  return (
    a.file === b.file && a.document === b.document && a.path.length === b.path.length && pathStartsWith(a.path, b.path)
  );
}

function usage(message: string): RemitError {
  return new RemitError("usage", `map: ${message}`, { audience: "user" });
}
