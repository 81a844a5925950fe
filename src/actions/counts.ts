/** What can be scaled: numbers that nobody else writes, and the bounds of whoever writes the others. Pure. */
import type { CatalogueTarget, Field, WriterKind } from "../gitops/catalogue/catalogue.ts";
import type { TargetObjects } from "./read-objects.ts";

export interface Count {
  /** What it is chosen by; of an autoscaler its upper bound, where that is written. */
  readonly field: Field;
  /** Of an autoscaler; undefined: a plain number. */
  readonly bounds: { readonly least?: Field | undefined; readonly most?: Field | undefined } | undefined;
  /** `enabled` of the autoscaler in the same values. */
  readonly toggle: Field | undefined;
}

export interface Counts {
  readonly counts: readonly Count[];
  /** Numbers that somebody else decides. */
  readonly steered: readonly Field[];
}

const steering: ReadonlySet<WriterKind> = new Set(["hpa", "keda", "flagger"]);

export function findCounts(entry: CatalogueTarget, objects: TargetObjects): Counts {
  const numbers = entry.fields.filter(
    ({ role, value, shadowedBy }) => role === "replicas" && shadowedBy === undefined && /^\d{1,6}$/.test(value),
  );
  const plain = numbers.filter((field) => boundOf(field) === undefined);
  const steered = plain.filter(isSteered);
  const bounds = boundsIn(numbers, objects)
    .map((count) => ({ ...count, toggle: toggleBeside(entry, count.field, 1) }))
    .filter(({ toggle }) => toggle?.value !== "false");
  const free = plain
    .filter((field) => !isSteered(field))
    .map((field) => ({ field, bounds: undefined, toggle: toggleBeside(entry, field, 0) }));
  // Of an autoscaler whose bounds are the chart's own only the switch is known.
  const unbounded = steered
    .map((field) => ({ field, bounds: {}, toggle: toggleBeside(entry, field, 0) }))
    .filter(({ toggle }) => toggle?.value === "true" && bounds.every((other) => other.toggle !== toggle));
  return { counts: [...free, ...bounds, ...unbounded], steered };
}

export function isSteered({ writers = [] }: Field): boolean {
  return writers.some(({ kind }) => steering.has(kind));
}

/** `minReplicas`, and `data.dynamic.linux.max-instances`. */
function boundOf({ path }: Field): "least" | "most" | undefined {
  const key = keyOf(path.at(-1));
  if (/^(?:min|idle)/i.test(key)) return key.toLowerCase().startsWith("idle") ? undefined : "least";
  return /^max/i.test(key) ? "most" : undefined;
}

function keyOf(step: string | number | undefined): string {
  const text = String(step);
  return text.slice(text.lastIndexOf(".") + 1);
}

/** Both bounds of one autoscaler, wherever each of them is written. Where one is written twice, each file is for itself. */
function boundsIn(numbers: readonly Field[], objects: TargetObjects): readonly Omit<Count, "toggle">[] {
  const found = new Map<string, Field[]>();
  for (const field of numbers.filter((each) => boundOf(each) !== undefined)) {
    const object = objects.objectOf(field);
    const key = String(field.path.at(-1));
    const around = [...field.path.slice(0, -1), key.slice(0, key.length - keyOf(key).length)];
    const name = JSON.stringify([object?.kind, object?.name, around]);
    found.set(name, [...(found.get(name) ?? []), field]);
  }
  return [...found.values()].flatMap((fields) => {
    const files = Map.groupBy(fields, ({ file, document }) => JSON.stringify([file, document]));
    const groups =
      fields.length <= 2 && new Set(fields.map(boundOf)).size === fields.length ? [fields] : files.values();
    return [...groups].flatMap(paired);
  });
}

function paired(fields: readonly Field[]): readonly Omit<Count, "toggle">[] {
  const least = fields.find((field) => boundOf(field) === "least");
  const most = fields.find((field) => boundOf(field) === "most");
  const field = most ?? least;
  return field === undefined ? [] : [{ field, bounds: { least, most } }];
}

/** `autoscaling.enabled` beside a count, or beside the bounds in `autoscaling` itself (`up`: 1). */
function toggleBeside({ fields }: CatalogueTarget, field: Field, up: 0 | 1): Field | undefined {
  const around = JSON.stringify(field.path.slice(0, -1));
  return fields.find(
    ({ path, value, shadowedBy }) =>
      path.at(-1) === "enabled" &&
      /^(?:true|false)$/.test(value) &&
      shadowedBy === undefined &&
      /^(?:autoscaling|autoscaler|hpa|keda)$/.test(String(path.at(-2))) &&
      JSON.stringify(up === 1 ? path.slice(0, -1) : path.slice(0, -2)) === around,
  );
}
