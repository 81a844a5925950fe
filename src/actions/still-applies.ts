import { editFile } from "../gitops/edit/edit-file.ts";
import { revertText } from "../gitops/edit/revert-text.ts";
import type { Reason } from "../reason.ts";
import type { Candidate, FieldEffect } from "./candidate.ts";

/**
 * Why a candidate no longer fits the current texts; undefined when every field still holds what it held when the
 * candidate was made. Other parts of the files may have changed.
 */
export function stillApplies(candidate: Candidate, files: ReadonlyMap<string, string>): Reason | undefined {
  if (candidate.files.every(({ path, before }) => files.get(path) === before)) return undefined;
  const { effects } = candidate;
  if (candidate.lines !== undefined) return stillRestores(candidate, files);
  if (effects.length > 0 && effects.every((effect) => holds(files, effect, effect.before))) return undefined;
  if (effects.length > 0 && effects.every((effect) => holds(files, effect, effect.after))) {
    return { code: "already-restored", message: "somebody made the same change already" };
  }
  return { code: "value-drifted", message: "a field was changed since, so the change no longer fits" };
}

/** The lines that go must stand as they stood, whatever came beside them. */
function stillRestores(candidate: Candidate, files: ReadonlyMap<string, string>): Reason | undefined {
  if (candidate.files.every(({ path, after }) => files.get(path) === after)) {
    return { code: "already-restored", message: "somebody made the same change already" };
  }
  const fits = candidate.files.every(({ path, before, after }) => {
    const current = files.get(path);
    return current !== after && revertText({ before: after, after: before }, current).outcome === "reverted";
  });
  return fits
    ? undefined
    : { code: "value-drifted", message: "a line was changed since, so the change no longer fits" };
}

function holds(files: ReadonlyMap<string, string>, { file, document, path }: FieldEffect, value: string): boolean {
  const text = files.get(file);
  if (text === undefined) return false;
  return editFile(file, text, [{ document, path, before: value, after: value }]).outcome === "edited";
}
