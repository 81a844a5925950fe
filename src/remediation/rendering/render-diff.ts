/** What a diff that anybody wrote does to what is applied. Beside what no parser can tell, it is compared as a candidate is. */

import { isEssential } from "../../actions/effect/compare-effect.ts";
import { declaredChanges } from "../../actions/effect/declared-changes.ts";
import { lineEffects } from "../../actions/line-effects.ts";
import type { DiffFile } from "../../authority/diff/diff-file.ts";
import type { DiffRendering } from "../../authority/diff/judge-diff.ts";
import { readable } from "../../diagnosis/readable.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { Target } from "../../target.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { renderChange } from "./render-change.ts";

const absent = "000000";

export async function renderDiff(
  reader: RepositoryReader,
  from: Revision,
  diff: readonly DiffFile[],
  targets: readonly Target[],
): Promise<DiffRendering> {
  const unread = diff.find(({ before, after }) =>
    [before, after].some(({ mode, text }) => mode !== absent && text === undefined),
  );
  if (unread !== undefined) return notRendered(`${readable(unread.path)} can't be read`);
  const files = diff.map(({ path, before, after }) => ({ path, before: before.text, after: after.text }));
  const lines = lineEffects(files);
  const change = await renderChange(reader, from, { targets, files, lines, effects: [], suspect: undefined });
  if (change.outcome === "differs") {
    // A comment, or a default that is spelled out, is to change nothing.
    const changesNothing = change.reason.code === "shadowed-in-render" && !declaredChanges(files).some(isEssential);
    return changesNothing
      ? { effect: { kind: "rendered", by: [], effects: [] }, doubts: [] }
      : { effect: undefined, doubts: [change.reason] };
  }
  const { effect, beside, immutable } = change;
  const where = beside.map((name) => readable(name)).join(", ");
  const doubts = [
    ...(beside.length === 0
      ? []
      : [{ code: "shared-field", message: `what changes is applied in ${where}, too` } as const]),
    ...(immutable === undefined ? [] : [immutable]),
  ];
  return { effect, doubts };
}

function notRendered(why: string): DiffRendering {
  return { effect: { kind: "not-rendered", why }, doubts: [] };
}
