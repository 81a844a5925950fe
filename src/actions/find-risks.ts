/** What a person should know before merging a rollback. Each risk asks for a review. */
import { dirname } from "node:path/posix";
import type { TargetCommit } from "../diagnosis/target-commits.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import type { Reason } from "../reason.ts";
import type { BoundEffect } from "./bind-restore.ts";
import type { FileChange, LineEffect } from "./candidate.ts";

export interface RiskInput {
  readonly entry: CatalogueTarget;
  readonly effects: readonly BoundEffect[];
  readonly lines?: readonly LineEffect[];
  readonly files: readonly FileChange[];
  /** Current texts. */
  readonly texts: ReadonlyMap<string, string>;
  readonly undone: readonly TargetCommit[];
}

export function findRisks(input: RiskInput): readonly Reason[] {
  const { effects, lines = [], texts } = input;
  const risks: Reason[] = [];
  const written = effects.some(({ effect }) => isMarked(texts.get(effect.file)?.split("\n")[effect.line - 1] ?? ""));
  if (written || lines.some(({ removed, added }) => [...removed, ...added].some(isMarked))) {
    const message = "image automation writes this line and will write it again: pin or suspend it, too";
    risks.push({ code: "automated-writer", message });
  }
  const shared = sharedWith(input);
  if (shared > 0) {
    const others = shared === 1 ? "1 other target" : `${shared} other targets`;
    risks.push({ code: "shared-field", message: `the same field determines ${others}` });
  }
  const left = shippedTogether(input);
  if (left > 0) {
    const files = left === 1 ? "1 other file beside it" : `${left} other files beside it`;
    risks.push({ code: "config-in-step", message: `the change also touched ${files}, which stay as they are` });
  }
  if (effects.some(({ effect }) => effect.role === "replicas" && Number(effect.after) < Number(effect.before))) {
    risks.push({ code: "replicas-fall", message: "going back lowers the number of replicas" });
  }
  return risks;
}

/** Flux marks the lines that its image automation sets. */
function isMarked(line: string): boolean {
  return /#.*\{\s*"\$imagepolicy"/.test(line);
}

/** Of the values that change, and of what stands in or beside the lines that do. */
function sharedWith({ entry, effects, lines = [] }: RiskInput): number {
  const touched = entry.fields.filter(({ file, line }) =>
    lines.some((hunk) => hunk.file === file && line >= hunk.line - 1 && line <= hunk.line + hunk.removed.length),
  );
  return Math.max(0, ...[...effects.map(({ field }) => field), ...touched].map((field) => field.sharedWith.length));
}

/** Files in the directories of the edited ones that the same commits touched. Configuration ships beside its image. */
function shippedTogether({ files, undone }: RiskInput): number {
  const edited = new Set(files.map(({ path }) => path));
  const directories = [...new Set([...edited].map((path) => dirname(path)))];
  const touched = new Set(undone.flatMap(({ commit }) => commit.files.map(({ path }) => path)));
  return [...touched].filter((path) => !edited.has(path) && directories.some((within) => isWithin(path, within)))
    .length;
}

function isWithin(path: string, directory: string): boolean {
  return directory === "." ? dirname(path) === "." : path.startsWith(`${directory}/`);
}
