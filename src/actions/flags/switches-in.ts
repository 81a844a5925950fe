/** Values with two states that no flag system knows of: variables of containers, keys of ConfigMaps, booleans of values files. */
import type { Field, FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { isProperties } from "../../gitops/catalogue/read-properties.ts";
import type { Reason } from "../../reason.ts";
import type { TargetFlag } from "./find-flags.ts";
import type { FlagChange } from "./flag.ts";
import { refuseFlag } from "./refuse-flag.ts";
import { switched } from "./switched.ts";

/** `objectOf`: the name of the object that a field stands in. */
export function switchesIn(
  fields: readonly Field[],
  objectOf: (field: Field) => string | undefined,
): readonly TargetFlag[] {
  const labels = new Map(fields.flatMap((field) => labelOf(field)));
  return fields.flatMap((field) => {
    const label = labels.get(placeKey(field, field.path.slice(0, -1)));
    const path = field.path.at(-1) === "value" && label !== undefined ? [label] : field.path;
    if (!isSwitch(field, path)) return [];
    return [
      {
        name: [objectOf(field) ?? [], path].flat().join("."),
        kind: "switch",
        file: field.file,
        document: field.document,
        path: field.path,
        line: field.line,
        embedded: false,
        shadowed: field.shadowedBy !== undefined,
        change: (state) => change(field, state),
      } satisfies TargetFlag,
    ];
  });
}

function isSwitch({ role, value }: Field, path: FieldPath): boolean {
  if (role === "flag") return switched(value, true) !== undefined;
  // Numbers are switches only where they are the text of a variable.
  return role === "other" && /^[01]$/.test(value) && /^[A-Z][A-Z0-9_]*$/.test(`${path.at(-1)}`);
}

/** The `name` beside a `value`. */
function labelOf(field: Field): readonly (readonly [string, string])[] {
  return field.path.at(-1) === "name" ? [[placeKey(field, field.path.slice(0, -1)), field.value]] : [];
}

function placeKey({ file, document }: Field, path: FieldPath): string {
  return JSON.stringify([file, document, path]);
}

function change(field: Field, state: string): FlagChange {
  const after = state === "on" || state === "off" ? switched(field.value, state === "on") : undefined;
  if (after === undefined)
    return refuseFlag("flag-variant-unknown", "the value has two states only: it can be turned on, off or back");
  return {
    outcome: "change",
    edits: [{ kind: "set", path: field.path, after }],
    risks: onlyNewPods(field),
    reasons: [],
  };
}

/** A container's own variables make new pods themselves; what is read from a ConfigMap or a file may not. */
function onlyNewPods({ file, path }: Field): readonly Reason[] {
  const isConfig = isProperties(file) || (path[0] === "data" && path.length === 2);
  const message =
    "programs read this when they start: it takes effect with new pods only, which this change may not make";
  return isConfig ? [{ code: "flag-new-pods", message }] : [];
}
