/** How many of something run: the number itself, or the bounds of the autoscaler that decides it. */

import type { Field } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import { at } from "../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../gitops/yaml-tree.ts";
import type { Reason } from "../reason.ts";
import { absentCount } from "./absent-count.ts";
import type { ActionInput } from "./action.ts";
import { asked } from "./asked.ts";
import { bindDraft, type DraftEdit } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { chooseComponent } from "./choose-component.ts";
import { type Count, findCounts } from "./counts.ts";
import { inOwnLayer } from "./in-own-layer.ts";
import { leaseUntil } from "./lease-until.ts";
import { leavesAlone } from "./left-alone.ts";
import { placeOf } from "./place-of.ts";
import { podQuota } from "./pod-quota.ts";
import { readObjects, type TargetObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";

type Refused = ReturnType<typeof refused>;

/** What is to be written, and how many run then. */
interface Scaling {
  readonly edits: readonly DraftEdit[];
  readonly before: number | undefined;
  readonly after: number;
  /** The number is the autoscaler's upper bound. */
  readonly bound?: true;
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  readonly risks: readonly Reason[];
}

const defaultLeaseMs = 4 * 60 * 60_000;
const confidenceWhenAbsent = 0.85;
const what = "numbers of replicas";

export function scale(input: ActionInput): ActionResult {
  const { entry, files, command, now } = input;
  const ask = command?.ask.action === "scale" ? command.ask : undefined;
  const objects = readObjects(entry, files);
  const scaling = plan(input, objects, ask?.component, ask?.replicas);
  if ("outcome" in scaling) return scaling;
  const { after, bound, reasons } = scaling;
  const edits = scaling.edits.map((edit) => toOwnLayer(edit, input, objects));
  const overridden = edits.some((edit, index) => edit !== scaling.edits[index]);
  const number = after === 1 ? "1 replica" : `${after} replicas`;
  const lasts = command === undefined ? defaultLeaseMs : command.leaseMs;
  return bindDraft(
    {
      action: "scale",
      entry,
      edits,
      title: `scale ${placeOf(entry.target)} to ${bound ? "at most " : ""}${number}`,
      confidence: overridden ? confidenceWhenAbsent : scaling.confidence,
      reasons: [...(ask === undefined ? [] : [asked]), ...reasons],
      risks: overridden ? [...scaling.risks, own] : scaling.risks,
      lease: lasts === undefined ? undefined : leaseUntil(now, lasts, "it is scaled for a while"),
    },
    files,
  );
}

const own: Reason = {
  code: "count-inserted",
  message: "the number stands in a base that others share, so it is written into the environment's own patch",
};

function toOwnLayer(edit: DraftEdit, { entry }: ActionInput, objects: TargetObjects): DraftEdit {
  if (edit.kind !== "set") return edit;
  const value = /^\d+$/.test(edit.after) ? Number(edit.after) : edit.after === "true";
  return inOwnLayer(edit, value, entry, objects);
}

function plan(
  input: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
  wanted: number | undefined,
): Scaling | Refused {
  const { entry } = input;
  const { counts, steered } = findCounts(entry, objects);
  const byFlagger = entry.fields.find(
    ({ role, writers = [] }) => role === "replicas" && writers.some(({ kind }) => kind === "flagger"),
  );
  if (byFlagger !== undefined && counts.length === 0)
    return refused(
      "competing-writer",
      "Flagger runs a copy of it, which this number doesn't reach without a new version",
    );
  const fields = counts.map(({ field }) => field);
  const chosen = chooseComponent({ fields, objects, component, service: entry.target.service, what });
  if (chosen.outcome === "refused") {
    if (chosen.reasons[0]?.code !== "edit-not-found") return chosen;
    if (steered.length > 0) return unwritten;
    return wanted === undefined ? chosen : writeAbsent(input, objects, component, wanted);
  }
  const count = counts.find(({ field }) => field === chosen.field);
  if (count === undefined) return unwritten;
  const alone = leavesAlone(chosen.field, objects);
  if (alone !== undefined && count.bounds === undefined)
    return refused("delivery-ignores", `${alone}, so a commit changes nothing`);
  const scaling = wanted === undefined ? more(count) : toNumber(input, count, objects, wanted);
  return "outcome" in scaling ? scaling : withinQuota(scaling, input, wanted === undefined);
}

/** Half more, at least one more. What stands at nothing stands so because somebody wanted it. */
function more({ field, bounds }: Count): Scaling | Refused {
  const before = Number(field.value);
  if (isUnbounded(bounds)) return unwritten;
  if (before === 0) return refused("scaled-to-zero", "it is scaled to nothing, and only a person may start it again");
  const after = before + Math.max(1, Math.floor(before / 2));
  const edits: readonly DraftEdit[] = [{ kind: "set", field, after: String(after) }];
  const autoscaled = bounds?.most === field;
  return {
    edits,
    before,
    after,
    ...(autoscaled ? { bound: true } : {}),
    confidence: 1,
    reasons: bounds === undefined ? [] : [bounded],
    risks: [],
  };
}

const unwritten = refused(
  "competing-writer",
  "an autoscaler decides the number, and its bounds aren't written in the repository",
);

function isUnbounded(bounds: Count["bounds"]): boolean {
  return bounds !== undefined && bounds.least === undefined && bounds.most === undefined;
}

const bounded: Reason = {
  code: "autoscaler-bounds",
  message: "an autoscaler decides the number, so its bounds are changed",
};

function toNumber(input: ActionInput, count: Count, objects: TargetObjects, wanted: number): Scaling | Refused {
  const { field, bounds } = count;
  const before = Number((bounds?.least ?? field).value);
  const shared = { before, after: wanted, confidence: 1, risks: [] };
  if (bounds === undefined) {
    const edits: readonly DraftEdit[] = [
      { kind: "set", field, after: String(wanted) },
      ...switchedOn(input, count, wanted),
    ];
    return { ...shared, edits, reasons: [] };
  }
  if (wanted === 0) return toNothing(input, count, objects);
  if (isUnbounded(bounds)) return unwritten;
  const { least, most } = bounds;
  const paused = input.entry.fields.filter((each) => each.path.at(-1) === pausedAt && sameDocument(each, field));
  const edits: readonly DraftEdit[] = [
    ...(least === undefined ? [] : [{ kind: "set" as const, field: least, after: String(wanted) }]),
    ...(most === undefined || (least !== undefined && Number(most.value) >= wanted)
      ? []
      : [{ kind: "set" as const, field: most, after: String(wanted) }]),
    ...paused.map((each) => unpaused(each, objects)),
  ];
  return { ...shared, edits, reasons: [bounded] };
}

/** Field note 20: an autoscaler does nothing for what stands at nothing, so it is switched on again where it was switched off with it. */
function switchedOn({ changes }: ActionInput, { field, toggle }: Count, wanted: number): readonly DraftEdit[] {
  if (field.value !== "0" || wanted === 0 || toggle?.value !== "false") return [];
  const key = fieldKey(toggle);
  const last = changes.find((change) => fieldKey(change.field) === key);
  return last?.before === "true" ? [{ kind: "set", field: toggle, after: "true" }] : [];
}

/** Without its annotations, where it is the only one. */
function unpaused(field: Field, objects: TargetObjects): DraftEdit {
  const { file, document, path, value } = field;
  const around = at(objects.objectOf(field)?.root, ...path.slice(0, -1));
  if (around?.kind !== "mapping" || around.entries.length > 1) return { kind: "remove", field };
  const before = { [pausedAt]: /^\d+$/.test(value) && isPlain(around.entries[0]?.value) ? Number(value) : value };
  return { kind: "clear", file, entry: { document, path: path.slice(0, -1), before } };
}

function isPlain(node: YamlNode | undefined): boolean {
  return node?.kind === "scalar" && node.style === "plain";
}

const pausedAt = "autoscaling.keda.sh/paused-replicas";

function toNothing({ entry }: ActionInput, { field, toggle }: Count, objects: TargetObjects): Scaling | Refused {
  const shared = { before: Number(field.value), after: 0, confidence: 1, reasons: [bounded] };
  const object = objects.objectOf(field);
  const falls: Reason = { code: "replicas-fall", message: "nothing of it runs any more" };
  if (object?.kind === "ScaledObject") {
    const path = ["metadata", "annotations", pausedAt];
    const standing = entry.fields.find((each) => each.path.at(-1) === pausedAt && sameDocument(each, field));
    const edit: DraftEdit =
      standing === undefined
        ? { kind: "insert", file: field.file, entry: { document: field.document, path, value: "0" } }
        : { kind: "set", field: standing, after: "0" };
    return { ...shared, edits: [edit], risks: [falls] };
  }
  const beside = toggle === undefined ? undefined : countBeside(entry.fields, toggle);
  if (toggle?.value !== "true" || beside === undefined)
    return refused("competing-writer", "an autoscaler decides the number, and none of its bounds may be nothing");
  const edits: readonly DraftEdit[] = [
    { kind: "set", field: beside, after: "0" },
    { kind: "set", field: toggle, after: "false" },
  ];
  return { ...shared, before: Number(beside.value), edits, risks: [] };
}

function countBeside(fields: readonly Field[], { path }: Field): Field | undefined {
  const around = JSON.stringify(path.slice(0, -2));
  return fields.find(
    (each) =>
      each.role === "replicas" &&
      each.shadowedBy === undefined &&
      /^replica(?:s|Count)$/.test(String(each.path.at(-1))) &&
      JSON.stringify(each.path.slice(0, -1)) === around,
  );
}

function sameDocument(a: Field, b: Field): boolean {
  return a.file === b.file && a.document === b.document;
}

/** Field note 18: what is written here is gone again when it is taken back, and a Deployment without the number has one pod. */
function writeAbsent(
  input: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
  wanted: number,
): Scaling | Refused {
  const place = absentCount(input, objects, component);
  if ("outcome" in place) return place;
  const alone = leavesAlone(place, objects);
  if (alone !== undefined) return refused("delivery-ignores", `${alone}, so a commit changes nothing`);
  const { file, document, path, why } = place;
  const message = `no number of replicas was written, and ${why}`;
  const scaling: Scaling = {
    edits: [{ kind: "insert", file, entry: { document, path, value: wanted } }],
    before: undefined,
    after: wanted,
    confidence: confidenceWhenAbsent,
    reasons: [],
    risks: [{ code: "count-inserted", message }],
  };
  return withinQuota(scaling, input, false);
}

/** Pods above the quota of the namespace are never made. */
function withinQuota(scaling: Scaling, { entry, catalogue }: ActionInput, ofItself: boolean): Scaling | Refused {
  const quota = podQuota(entry, catalogue);
  const { before = 0, after, edits } = scaling;
  if (quota === undefined || after <= quota.pods || after <= before) return scaling;
  const place = `${quota.file}:${quota.line}`;
  if (!ofItself || quota.pods <= before)
    return refused(
      "quota-reached",
      `the namespace may have ${quota.pods} pods (${place}), so ${after} would never run`,
    );
  const reason: Reason = {
    code: "quota-reached",
    message: `the namespace may have ${quota.pods} pods (${place}), so it is no more`,
  };
  return {
    ...scaling,
    after: quota.pods,
    edits: edits.map((edit) => (edit.kind === "set" ? { ...edit, after: String(quota.pods) } : edit)),
    reasons: [...scaling.reasons, reason],
  };
}
