/**
 * What the catalogue knows of what people scaled, restarted, suspended, switched and rolled back:
 * `node bench/actions.ts --actions FILE --repos DIR [--verbose]`.
 *
 * FILE has one action a line: `{repo, before, kind, changes: [{file, path, before, after}]}`, where `before` is the commit that stood
 * there and the value `<absent>` means that there was none; DIR holds the repositories as `owner+name` or `owner+name/repo`. For each
 * change: has a target the place, is the field known there with a role and the right value, and does it decide?
 */
import type { Catalogue, CatalogueTarget, Field, FieldRole } from "../src/gitops/catalogue/catalogue.ts";
import { pathStartsWith } from "../src/gitops/catalogue/path-starts-with.ts";
import { readTree } from "../src/gitops/catalogue/read-tree.ts";
import { ownedFiles } from "../src/gitops/history/owned-files.ts";
import { openLocalMirror } from "../src/gitops/mirror/open-local-mirror.ts";
import { type RepositoryReader, repositoryReader } from "../src/remediation/repository-reader.ts";
import { type NamedPlace, namedParent, namedPlace } from "./named-place.ts";
import {
  absent,
  type RecordedAction,
  type RecordedActions,
  type RecordedChange,
  recordedActions,
} from "./recorded-actions.ts";

interface Known {
  /** Some target has the place. */
  readonly owned: boolean;
  /** The field stood there. */
  readonly present: boolean;
  readonly found: boolean;
  readonly role: FieldRole | undefined;
  readonly value: boolean;
  readonly shadowed: boolean;
  readonly written: boolean;
}

const columns = ["changes", "owned", "present", "found", "with a role", "right value", "shadowed", "written"] as const;
const recorded = recordedActions("actions");
if (recorded !== undefined) await measure(recorded);

async function measure({ repositories, verbose }: RecordedActions<RecordedAction>): Promise<void> {
  const kinds = new Map<string, Known[]>();
  for (const { directory, actions } of repositories) {
    const mirror = await openLocalMirror(directory);
    const reader = repositoryReader(mirror);
    for (const action of actions) {
      for (const change of action.changes) {
        const known = await look(reader, action.before, change);
        kinds.set(action.kind, [...(kinds.get(action.kind) ?? []), known]);
        if (verbose && !isComplete(known))
          console.log(JSON.stringify({ id: action.id, kind: action.kind, ...change, ...known }));
      }
    }
    await mirror.close();
  }
  report(kinds);
}

async function look(reader: RepositoryReader, revision: string, change: RecordedChange): Promise<Known> {
  const { file, path, before } = change;
  const catalogue = await reader.catalogue(revision);
  const text = (await reader.texts(revision, [file])).get(file);
  const tree = text === undefined ? undefined : readTree(file, text);
  const documents = tree?.ok ? tree.documents : [];
  const place = before === absent ? undefined : namedPlace(documents, path);
  const owners = ownersOf(catalogue, file, place ?? namedParent(documents, path));
  const field = place && fieldIn(owners, file, place);
  return {
    owned: owners.length > 0 || (documents.length === 0 && (await isOwnedByName(reader, revision, file))),
    present: before !== absent,
    found: field !== undefined,
    role: field?.role,
    value: field?.value === before,
    shadowed: field?.shadowedBy !== undefined,
    written: (field?.writers ?? []).length > 0,
  };
}

/** Without a place, whoever has anything of the file. */
function ownersOf({ targets }: Catalogue, file: string, place: NamedPlace | undefined): readonly CatalogueTarget[] {
  return targets.filter(({ scopes = [] }) =>
    scopes.some(
      (scope) =>
        scope.file === file &&
        (place === undefined || (scope.document === place.document && pathStartsWith(place.path, scope.path))),
    ),
  );
}

async function isOwnedByName(reader: RepositoryReader, revision: string, file: string): Promise<boolean> {
  const { targets } = await reader.catalogue(revision);
  const index = await reader.ownership(revision);
  return targets.some(
    (entry) => file.includes(entry.target.service) && ownedFiles(index, entry, [entry.target]).owns(file),
  );
}

function fieldIn(owners: readonly CatalogueTarget[], file: string, { document, path }: NamedPlace): Field | undefined {
  const found = owners.flatMap(({ fields }) =>
    fields.filter((field) => field.file === file && field.document === document && isSame(field.path, path)),
  );
  return found.find(({ shadowedBy, writers }) => shadowedBy ?? writers) ?? found[0];
}

function isSame(a: Field["path"], b: Field["path"]): boolean {
  return a.length === b.length && pathStartsWith(a, b);
}

function isComplete({ owned, present, role, value }: Known): boolean {
  return owned && (!present || (role !== undefined && role !== "other" && value));
}

function report(kinds: ReadonlyMap<string, readonly Known[]>): void {
  console.log(`${"kind".padEnd(24)}${columns.map((column) => column.padStart(13)).join("")}  roles`);
  for (const [kind, known] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(line(kind, known));
  console.log(line("all", [...kinds.values()].flat()));
}

function line(kind: string, known: readonly Known[]): string {
  const count = (is: (each: Known) => boolean): number => known.filter(is).length;
  const numbers = [
    known.length,
    count(({ owned }) => owned),
    count(({ present }) => present),
    count(({ found }) => found),
    count(({ role }) => role !== undefined && role !== "other"),
    count(({ found, value }) => found && value),
    count(({ shadowed }) => shadowed),
    count(({ written }) => written),
  ];
  const roles = Map.groupBy(
    known.flatMap(({ role }) => role ?? []),
    (role) => role,
  );
  const told = [...roles].map(([role, all]) => `${role} ${all.length}`).join(", ");
  return `${kind.padEnd(24)}${numbers.map((number) => String(number).padStart(13)).join("")}  ${told}`;
}
