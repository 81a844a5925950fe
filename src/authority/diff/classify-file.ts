/** What one file's part of a diff does, and what about it is denied, unclear or hard to take back. Targets aren't looked up here. */

import { immutableContent } from "../../actions/immutable-content.ts";
import type { ScalarEdit } from "../../gitops/edit/edit.ts";
import { secretBearing } from "../../gitops/edit/secret-bearing.ts";
import { writablePath } from "../../gitops/edit/writable-path.ts";
import type { ReasonCode } from "../../reason.ts";
import { changedLines } from "../changed-lines.ts";
import { compareTexts, type TextComparison } from "./compare-texts.ts";
import type { DiffChangeKind } from "./diff-change.ts";
import type { DiffFile } from "./diff-file.ts";
import { rollbackHazards } from "./rollback-hazards.ts";
import type { TextChange } from "./text-change.ts";
import { textDoubts } from "./text-doubts.ts";

export interface ClassifiedFile {
  readonly file: DiffFile;
  /** What happens to the file as such; undefined where only its text changes. */
  readonly as: Exclude<DiffChangeKind, TextChange["kind"]> | undefined;
  readonly changes: readonly TextChange[];
  readonly lines: number;
  /** For people: why Remit never writes it. */
  readonly denied: readonly Denial[];
  readonly unclear: ReadonlySet<ReasonCode>;
  readonly hazards: ReadonlySet<ReasonCode>;
  /** For the second parser; undefined where values aren't all that changes. */
  readonly edits: readonly ScalarEdit[] | undefined;
}

export interface Denial {
  readonly code: "path-denied" | "file-not-regular";
  readonly message: string;
}

const absent = "000000";
const plain = "100644";
const unsafeMark = /rollback-safe["']?\s*:\s*["']?false\b/;

export function classifyFile(file: DiffFile): ClassifiedFile {
  const { path, before, after } = file;
  const texts = [before.text ?? "", after.text ?? ""];
  const secret = texts.some(secretBearing);
  const denied = [...denialOf(file), ...(secret ? [secretDenial] : [])];
  const as = happens(file);
  const unclear = new Set<ReasonCode>(textDoubts(before.text, after.text));
  const readable = isReadable(before) && isReadable(after);
  const told = readable && as !== "symlink" && as !== "submodule";
  const { changes, doubts, edits } = told ? compareTexts(path, before.text, after.text) : nothingTold;
  for (const doubt of doubts) unclear.add(doubt);
  if (!readable) unclear.add("file-unreadable");
  if (as === "file-added" || as === "file-removed") unclear.add(as);
  const hazards = new Set(rollbackHazards(changes));
  if (secret || mayHoldSecrets(denied)) hazards.add("secret-rotated");
  if (told && immutableContent({ path, before: before.text, after: after.text }).length > 0)
    hazards.add("field-immutable");
  if (texts.some((text) => unsafeMark.test(text))) hazards.add("rollback-unsafe");
  const nothing = as === undefined && changes.length === 0;
  return {
    file,
    as: nothing ? (unclear.has("layout-changed") ? "layout" : "unclassified") : as,
    changes,
    lines: changedLines(before.text ?? "", after.text ?? ""),
    denied,
    unclear,
    hazards,
    edits: as === undefined ? edits : undefined,
  };
}

const nothingTold: TextComparison = { changes: [], doubts: new Set(), edits: undefined };

const secretDenial: Denial = { code: "path-denied", message: "Remit never writes a file that may hold secrets" };

function denialOf({ path, before, after }: DiffFile): readonly Denial[] {
  const path_ = writablePath(path);
  const special = [before.mode, after.mode].find((mode) => mode !== absent && mode !== plain);
  return [
    ...(path_ === undefined ? [] : [{ code: "path-denied" as const, message: path_.message }]),
    ...(special === undefined ? [] : [{ code: "file-not-regular" as const, message: regular(special) }]),
  ];
}

function regular(mode: string): string {
  const what = { "120000": "a symbolic link", "160000": "a submodule", "100755": "an executable" }[mode];
  return `Remit only writes plain files, and this is ${what ?? "something else"}`;
}

function mayHoldSecrets(denied: readonly Denial[]): boolean {
  return denied.some(({ message }) => message.endsWith("it may hold secrets"));
}

function happens({ before, after }: DiffFile): ClassifiedFile["as"] {
  const modes = [before.mode, after.mode];
  if (modes.includes("160000")) return "submodule";
  if (modes.includes("120000")) return "symlink";
  if (before.mode === absent) return "file-added";
  if (after.mode === absent) return "file-removed";
  return before.mode === after.mode ? undefined : "mode-changed";
}

function isReadable({ mode, text }: DiffFile["before"]): boolean {
  return mode === absent || text !== undefined;
}
