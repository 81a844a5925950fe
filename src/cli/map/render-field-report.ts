/** One field's story for people. */
import { writerNames } from "../../gitops/catalogue/writer-names.ts";
import { targetName } from "../../target.ts";
import type { FieldReport, PastValue } from "./field-report.ts";
import { cut } from "./render-targets.ts";

export function* renderFieldReport({ field, affects, controllers, history, older }: FieldReport): Generator<string> {
  yield `${field.file}:${field.line}  ${field.path} = ${cut(field.value)}${field.role === "other" ? "" : `  (${field.role})`}`;
  const [newest] = history;
  yield newest === undefined
    ? `  set by nobody in the commits that were read`
    : `  set by ${newest.author} on ${newest.at.slice(0, 10)} in ${newest.commit.slice(0, 12)}: ${cut(newest.subject)}`;
  if (field.shadowedBy !== undefined)
    yield `  not what counts: ${field.shadowedBy.why}, ${field.shadowedBy.file}:${field.shadowedBy.line}`;
  for (const { kind, file, line } of field.writers ?? [])
    yield `  also written by ${writerNames[kind]}, ${file}:${line}`;
  for (const { file, line, why } of field.setBy ?? []) yield `  filled in: ${why}, ${file}:${line}`;
  for (const { file, line } of field.consumers ?? []) yield `  put into ${file}:${line}`;
  for (const kind of new Set(history.map(({ writer }) => writer)))
    if (kind !== undefined) yield `  also written by ${writerNames[kind]}, as the history says`;
  yield `  affects ${renderAffected(affects)}`;
  for (const { kind, name, namespace } of controllers)
    yield `  applied by ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
  if (history.length > 0) yield "  history";
  for (const past of history) yield `    ${renderPast(past)}`;
  if (older) yield "    older commits weren't read";
}

const countedFrom = 5;

/** Instances that nothing in their names tells apart count, and are named once. */
function renderAffected(targets: FieldReport["affects"]): string {
  if (targets.length === 0) return "no target";
  const names = [...new Set(targets.map(targetName))].join(", ");
  return targets.length < countedFrom ? names : `${targets.length} targets: ${names}`;
}

function renderPast({ commit, at, author, before, after, subject }: PastValue): string {
  const value = (text: string | undefined): string => (text === undefined ? "(absent)" : cut(text));
  return `${at.slice(0, 16).replace("T", " ")}  ${commit.slice(0, 12)}  ${value(before)} → ${value(after)}  ${author}: ${cut(subject)}`;
}
