/** Targets as a tree: service, environment, files, fields. */
import { writerNames } from "../../gitops/catalogue/writer-names.ts";
import { targetName } from "../../target.ts";
import type { FieldDescription, TargetDescription } from "./describe-target.ts";

/** Longer values are cut: a map is for reading. */
const maxValue = 60;

export function* renderTarget(description: TargetDescription): Generator<string> {
  const { target, runsAs, files, fields, controllers, mentions } = description;
  const details = [
    target.namespace === undefined ? undefined : `namespace ${target.namespace}`,
    runsAs.length === 0 ? undefined : `runs as ${runsAs.join(", ")}`,
  ].filter((detail) => detail !== undefined);
  yield `${targetName(target)}${details.length === 0 ? "" : `  (${details.join("; ")})`}`;
  for (const file of files) yield* renderFile(file, fields);
  for (const { file, line, text, disabled } of mentions)
    yield `  ${disabled ? "switched off" : "drawn in"} at ${file}:${line}: ${text}`;
  for (const { kind, name, namespace } of controllers)
    yield `  applied by ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** Of switches there are too many for a tree, and most of them are nobody's concern. */
const quiet: ReadonlySet<string> = new Set(["other", "flag"]);

function* renderFile(file: string, all: readonly FieldDescription[]): Generator<string> {
  const fields = all.filter((field) => field.file === file);
  const told = fields.filter(
    ({ role, writers, shadowedBy, setBy, consumers }) =>
      !quiet.has(role) || [writers, shadowedBy, setBy, consumers].some((known) => known !== undefined),
  );
  const rest = fields.length - told.length;
  const more = rest === 0 ? "" : `  (${rest} more ${rest === 1 ? "field" : "fields"})`;
  yield `  ${file}${fields.length === 0 ? "  (no fields)" : more}`;
  for (const field of told) yield `    ${renderField(field)}`;
}

/** `12  image-tag  spec.values.image.tag = v1  [shared with 2; …]` */
export function renderField({
  line,
  role,
  path,
  value,
  sharedWith,
  shadowedBy,
  writers = [],
  setBy = [],
  consumers = [],
}: FieldDescription): string {
  const notes = [
    sharedWith === 0 ? undefined : `shared with ${sharedWith} other ${sharedWith === 1 ? "target" : "targets"}`,
    shadowedBy === undefined ? undefined : `${shadowedBy.why}: ${shadowedBy.file}:${shadowedBy.line}`,
    ...writers.map((writer) => `${writerNames[writer.kind]} writes it: ${writer.file}:${writer.line}`),
    ...setBy.map((layer) => `${layer.why}: ${layer.file}:${layer.line}`),
    consumers.length === 0
      ? undefined
      : `put into ${consumers.map(({ file, line: at }) => `${file}:${at}`).join(", ")}`,
  ].filter((note) => note !== undefined);
  return `${`${line}`.padStart(4)}  ${role.padEnd(13)} ${path} = ${cut(value)}${notes.length === 0 ? "" : `  [${notes.join("; ")}]`}`;
}

export function cut(value: string): string {
  const line = value.replaceAll("\n", "\\n");
  return line.length > maxValue ? `${line.slice(0, maxValue)}…` : line;
}
