/**
 * What a diff really does, from its two trees and nothing else: which value of which target changes from what to what, what no
 * policy allows, what can't be told, and what couldn't be taken back. Pure.
 */
import { touchesMigration } from "../../actions/touches-migration.ts";
import type { Catalogue } from "../../gitops/catalogue/catalogue.ts";
import { proveEdit } from "../../gitops/edit/prove-edit.ts";
import type { Reason, ReasonCode } from "../../reason.ts";
import { type Target, targetKey } from "../../target.ts";
import { type ClassifiedFile, classifyFile } from "./classify-file.ts";
import type { DiffChange, DiffClassification } from "./diff-change.ts";
import type { DiffFile, DiffSide } from "./diff-file.ts";
import { findTargets } from "./find-targets.ts";
import { meaning } from "./meaning.ts";
import { pairRenames } from "./pair-renames.ts";

export interface DiffInput {
  readonly files: readonly DiffFile[];
  readonly base: Catalogue;
  /** May be the base's where no file is added: what is added to a file belongs to whoever holds the place. */
  readonly head: Catalogue;
}

/** A change of more files is capped anyway; the second parser is slow. */
const provedFiles = 10;

export function classifyDiff({ files, base, head }: DiffInput): DiffClassification {
  const classified = files.map(classifyFile);
  const renamed = pairRenames(classified);
  const changes = classified.flatMap((each) => changesOf(each, base, head, renamed));
  const targets = unique(changes.flatMap((change) => change.targets));
  const shared = changes.find((change) => change.targets.length > 1);
  const hazards = collect(classified, ({ hazards }) => hazards);
  if (shared !== undefined) hazards.set("shared-field", shared.file);
  const unclear = collect(classified, ({ unclear }) => unclear);
  const strange = changes.find((change) => change.targets.length === 0);
  if (strange !== undefined) unclear.set("target-unknown", strange.file);
  const unproved = classified.find((each) => isUnproved(each, classified.length));
  if (unproved !== undefined) unclear.set("edit-not-proved", unproved.file.path);
  for (const { to } of renamed.values()) unclear.set("file-renamed", to);
  const migration = migrationIn(files, targets);
  return {
    changes,
    files: files.length,
    lines: classified.reduce((sum, { lines }) => sum + lines, 0),
    denied: denials(classified),
    unclear: [...unclear].map(([code, file]) => ({ code, message: meaning(code, file) })),
    hazards: [
      ...(migration === undefined ? [] : [migration]),
      ...[...hazards].map(([code, file]) => ({ code, message: meaning(code, file) })),
    ],
    targets,
  };
}

/** The first file of each code. */
function collect(
  files: readonly ClassifiedFile[],
  pick: (file: ClassifiedFile) => Iterable<ReasonCode>,
): Map<ReasonCode, string> {
  const found = new Map<ReasonCode, string>();
  for (const each of files) for (const code of pick(each)) if (!found.has(code)) found.set(code, each.file.path);
  return found;
}

function denials(files: readonly ClassifiedFile[]): readonly Reason[] {
  return files.flatMap(({ file, denied }) =>
    denied.map(({ code, message }) => ({ code, message: `${message} (${file.path})` })),
  );
}

function isUnproved({ file: { before, after }, edits, unclear }: ClassifiedFile, files: number): boolean {
  if (edits === undefined || unclear.size > 0 || files > provedFiles) return true;
  return proveEdit(before.text ?? "", after.text ?? "", edits) !== undefined;
}

function migrationIn(files: readonly DiffFile[], targets: readonly Target[]): Reason | undefined {
  const texts = files.map(({ path, before, after }) => [path, `${before.text ?? ""}\n${after.text ?? ""}`] as const);
  // Of several services none is meant: no part of a path holds a slash.
  const service = targets.map(({ service }) => service).join("/");
  return touchesMigration({ paths: files.map(({ path }) => path), files: new Map(texts), service });
}

type Renames = ReturnType<typeof pairRenames>;

function changesOf(each: ClassifiedFile, base: Catalogue, head: Catalogue, renamed: Renames): readonly DiffChange[] {
  const { file, as, changes } = each;
  const rename = renamed.get(file.path);
  if (rename?.from === file.path) return [];
  const whole = [
    ...findTargets(base, { file: rename?.from ?? file.path, document: 0, path: undefined }),
    ...findTargets(head, { file: file.path, document: 0, path: undefined }),
  ];
  const about = { file: file.path, line: undefined, object: undefined, path: [], role: undefined };
  if (rename !== undefined) {
    return [{ ...about, kind: "file-renamed", from: rename.from, to: rename.to, targets: unique(whole) }];
  }
  const own = changes.map(({ kind, document, path, line, object, role, from, to }): DiffChange => {
    const place = { file: file.path, document, path: kind === "object-added" ? undefined : path };
    return { kind, file: file.path, line, object, path, role, from, to, targets: findTargets(base, place) };
  });
  if (as === undefined) return own;
  const modeOf = ({ mode }: DiffSide) => (as === "mode-changed" ? mode : undefined);
  return [
    { ...about, kind: as, from: modeOf(file.before), to: modeOf(file.after), targets: unique(whole) },
    ...(as === "file-added" || as === "file-removed" ? [] : own),
  ];
}

function unique(targets: readonly Target[]): readonly Target[] {
  const byKey = new Map(targets.map((target) => [targetKey(target), target]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}
