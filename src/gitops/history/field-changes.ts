/** Which commits changed which of a target's fields, from what to what. */

import type { CatalogueTarget, Field, Scope } from "../catalogue/catalogue.ts";
import type { BareField } from "../catalogue/collect-fields.ts";
import { fieldKey } from "../catalogue/field-key.ts";
import type { CommitTexts } from "./commit-texts.ts";
import type { FieldChange } from "./field-change.ts";
import { type FieldReader, fieldReader } from "./field-reader.ts";
import type { StableFields } from "./stable-fields.ts";

/**
 * Pure. `commits` are newest first and lead up to the revision that `entry` was read from. A field that is gone by now comes as it
 * stood in the commit's text before. A text that can't be read tells nothing about its commit.
 */
export function fieldChanges(
  entry: CatalogueTarget,
  commits: readonly CommitTexts[],
  read: FieldReader = fieldReader(),
): readonly FieldChange[] {
  const tracks = new Map<string, FileTrack>();
  // Told apart once: a target may have thousands of fields in hundreds of files.
  const fields = Map.groupBy(entry.fields, ({ file }) => file);
  const scopes = entry.scopes === undefined ? fields : Map.groupBy(entry.scopes, ({ file }) => file);
  const changes: FieldChange[] = [];
  for (const { commit, texts } of commits) {
    for (const [path, { before, after }] of texts) {
      const track = tracks.get(path) ?? new FileTrack(path, fields.get(path) ?? [], scopes.get(path) ?? [], read);
      tracks.set(path, track);
      for (const change of track.compare(before, after)) changes.push({ ...change, commit });
    }
  }
  return changes;
}

type Change = Omit<FieldChange, "commit">;
type Place = Pick<Scope, "document" | "path">;

/** One file's way back through time: the parts that belong to the target, by stable name. */
class FileTrack {
  readonly #path: string;
  readonly #scopes: readonly Place[];
  readonly #current: ReadonlyMap<string, Field>;
  readonly #read: FieldReader;
  #names: readonly string[] | undefined;
  /** Today's fields by stable name. */
  readonly #fields = new Map<string, Field>();

  constructor(path: string, fields: readonly Field[], scopes: readonly Place[], read: FieldReader) {
    this.#read = read;
    this.#path = path;
    this.#scopes = scopes;
    this.#current = new Map(fields.map((field) => [fieldKey(field), field]));
  }

  *compare(before: string | undefined, after: string | undefined): Generator<Change> {
    const [old, fresh] = [this.#reading(before), this.#reading(after)];
    if ((before !== undefined && old === undefined) || (after !== undefined && fresh === undefined)) return;
    this.#names ??= fresh === undefined ? undefined : this.#learn(fresh);
    for (const name of this.#names ?? []) yield* this.#compareScope(name, old, fresh);
  }

  /** The newest text is the one that the target was read from: here places become names. */
  #learn(newest: StableFields): readonly string[] {
    const names = [...new Set(this.#scopes.map((scope) => newest.scopeName(scope)))].filter(
      (name) => name !== undefined,
    );
    for (const scope of names) {
      for (const [name, field] of newest.fields(scope)) {
        const current = this.#current.get(fieldKey(field));
        if (current !== undefined) this.#fields.set(name, current);
      }
    }
    return names;
  }

  *#compareScope(scope: string, old: StableFields | undefined, fresh: StableFields | undefined): Generator<Change> {
    const [before, after] = [old?.fields(scope), fresh?.fields(scope)];
    for (const name of new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])])) {
      const [was, is] = [before?.get(name), after?.get(name)];
      const field = this.#fields.get(name) ?? gone(was ?? is);
      if (field !== undefined && was?.value !== is?.value) yield { field, before: was?.value, after: is?.value };
    }
  }

  #reading(text: string | undefined): StableFields | undefined {
    return text === undefined ? undefined : this.#read(this.#path, text);
  }
}

function gone(field: BareField | undefined): Field | undefined {
  return field === undefined ? undefined : { ...field, sharedWith: [] };
}
