/** What a person should know before merging a rollback. Each risk asks for a review. */
import { dirname } from "node:path/posix";
import type { TargetCommit } from "../diagnosis/target-commits.ts";
import type { CatalogueTarget, Field, WriterKind } from "../gitops/catalogue/catalogue.ts";
import { writerNames } from "../gitops/catalogue/writer-names.ts";
import type { Reason } from "../reason.ts";
import type { BoundEffect } from "./bind-restore.ts";
import type { FileChange, LineEffect } from "./candidate.ts";
import { immutableContent } from "./immutable-content.ts";

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
  const fields = touchedFields(input, 0);
  const written = effects.some(({ effect }) => isMarked(texts.get(effect.file)?.split("\n")[effect.line - 1] ?? ""));
  if (written || lines.some(({ removed, added }) => [...removed, ...added].some(isMarked))) {
    const message = "image automation writes this line and will write it again: pin or suspend it, too";
    risks.push({ code: "automated-writer", message });
  }
  risks.push(...otherWriters(fields, risks.length > 0), ...shadows(input, fields));
  const shared = Math.max(0, ...touchedFields(input, 1).map(({ sharedWith }) => sharedWith.length));
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
  // Who wrote it found it refused: going back does no harm, but perhaps nothing else.
  risks.push(...input.files.flatMap(immutableContent));
  return risks;
}

/** Flux marks the lines that its image automation sets. */
function isMarked(line: string): boolean {
  return /#.*\{\s*"\$imagepolicy"/.test(line);
}

/** The values that change, and what stands in the lines that do, or up to `beside` lines from them. */
function touchedFields({ entry, effects, lines = [] }: RiskInput, beside: 0 | 1): readonly Field[] {
  const inLines = entry.fields.filter(({ file, line }) =>
    lines.some(
      (hunk) => hunk.file === file && line >= hunk.line - beside && line < hunk.line + hunk.removed.length + beside,
    ),
  );
  return [...new Set([...effects.map(({ field }) => field), ...inLines])];
}

/** They decide a number again and again while they run; the others write their value into git once more. */
const steering: ReadonlySet<WriterKind> = new Set(["hpa", "keda", "vpa", "flagger"]);

/** One risk for each writer. `marked`: the marker on a line was told already. */
function otherWriters(fields: readonly Field[], marked: boolean): readonly Reason[] {
  const risks = new Map<string, Reason>();
  for (const { kind, file, line } of fields.flatMap(({ writers = [] }) => writers)) {
    if (marked && kind === "flux-automation") continue;
    const place = `${writerNames[kind]} (${file}:${line})`;
    risks.set(
      place,
      steering.has(kind)
        ? { code: "competing-writer", message: `${place} decides this value while it runs` }
        : { code: "automated-writer", message: `${place} writes this value and will write it again` },
    );
  }
  return [...risks.values()];
}

/** A value that another layer wins over changes nothing, unless that layer goes back, too. */
function shadows({ effects, lines = [] }: RiskInput, fields: readonly Field[]): readonly Reason[] {
  const risks = new Map<string, Reason>();
  for (const { shadowedBy: layer } of fields) {
    if (layer === undefined) continue;
    const goesBack =
      effects.some(({ effect }) => effect.file === layer.file && effect.line === layer.line) ||
      lines.some(
        ({ file, line, removed }) => file === layer.file && layer.line >= line && layer.line < line + removed.length,
      );
    if (goesBack) continue;
    const message = `another layer decides: ${layer.why} (${layer.file}:${layer.line})`;
    risks.set(message, { code: "shadowed-field", message });
  }
  return [...risks.values()];
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
