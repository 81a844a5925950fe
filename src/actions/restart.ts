/**
 * Makes pods anew by a change of their template: in the way in which this repository does it already, or by the annotation that
 * `kubectl rollout restart` writes.
 */

import type { Catalogue, Field, FieldPath } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import { at } from "../gitops/catalogue/node-access.ts";
import type { Reason } from "../reason.ts";
import type { ActionInput } from "./action.ts";
import { asked } from "./asked.ts";
import { bindDraft, type DraftEdit } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { chooseComponent } from "./choose-component.ts";
import { nextNonce } from "./next-nonce.ts";
import { placeOf } from "./place-of.ts";
import { type RepositoryObject, readObjects, type TargetObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";

type Refused = Extract<ActionResult, { outcome: "refused" }>;

interface Choice {
  readonly edit: DraftEdit;
  readonly confidence: number;
  readonly reason: Reason;
}

export function restart(input: ActionInput): ActionResult {
  const { entry, files, command } = input;
  const component = command?.ask.action === "restart" ? command.ask.component : undefined;
  const objects = readObjects(entry, files);
  const choice =
    bump(input, objects, component) ?? annotate(input, objects, component) ?? asOthersDo(input, objects, component);
  if ("outcome" in choice) return choice;
  return bindDraft(
    {
      action: "restart",
      entry,
      edits: [choice.edit],
      title: `restart ${placeOf(entry.target)}`,
      confidence: choice.confidence,
      reasons: [...(command === undefined ? [] : [asked]), choice.reason],
      risks: suspended(input.entry.fields),
    },
    files,
  );
}

/** What stands still makes no pods. */
function suspended(fields: readonly Field[]): readonly Reason[] {
  const stops = fields.some(({ role, value }) => role === "suspend" && (value === "true" || value === "disabled"));
  const message = "something of it is suspended, so this may do nothing until it is resumed";
  return stops ? [{ code: "reconciliation-stops", message }] : [];
}

/** A value that is there for nothing else. undefined: there is none. */
function bump(
  { entry, changes, now }: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
): Choice | Refused | undefined {
  const fields = entry.fields.filter(({ role, shadowedBy }) => role === "restart" && shadowedBy === undefined);
  if (fields.length === 0) return undefined;
  const { service } = entry.target;
  const what = "values that are there to restart something";
  const chosen = chooseComponent({ fields, objects, component, service, what });
  if (chosen.outcome === "refused") return chosen.reasons[0]?.code === "edit-not-found" ? undefined : chosen;
  const { field } = chosen;
  const key = fieldKey(field);
  const earlier = changes.flatMap((change) => (fieldKey(change.field) === key ? (change.before ?? []) : []));
  const after = nextNonce(field.value, earlier, now);
  if (after === undefined) return refused("edit-unsupported", "what comes after its value isn't clear");
  const message = `${String(field.path.at(-1))} is there to restart it`;
  return { edit: { kind: "set", field, after }, confidence: 1, reason: { code: "restart-by-value", message } };
}

const annotation: FieldPath = ["spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"];
const templates: ReadonlyMap<string | undefined, FieldPath> = new Map([
  ["Deployment", annotation],
  ["StatefulSet", annotation],
  ["DaemonSet", annotation],
  // Field note 22: a Rollout restarts by a field of its own.
  ["Rollout", ["spec", "restartAt"]],
]);

/** Of workloads that are written out here. undefined: there is none. */
function annotate(
  { entry, now }: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
): Choice | Refused | undefined {
  const workloads = objects.own.flatMap((object) => {
    const path = templates.get(object.kind);
    return path === undefined || at(object.root, "spec", "template", "spec", "containers") === undefined
      ? []
      : [{ object, path }];
  });
  const wanted = component ?? (workloads.length > 1 ? entry.target.service : undefined);
  const meant = workloads.filter(({ object }) => wanted === undefined || object.name === wanted);
  const [workload, ...others] = meant;
  if (workload === undefined || others.length > 0) {
    if (workloads.length === 0) return undefined;
    const names = workloads.slice(0, 5).map(({ object }) => object.name ?? object.file);
    return refused(
      "target-ambiguous",
      `one of several workloads is meant: name it with --component, such as ${names.join(", ")}`,
    );
  }
  const { file, document } = workload.object;
  const value = new Date(now).toISOString().replace(/\.\d{3}Z$/, "Z");
  const message = "the pod template's annotation makes new pods, as kubectl rollout restart does";
  return {
    edit: { kind: "insert", file, entry: { document, path: workload.path, value } },
    confidence: 1,
    reason: { code: "restart-by-annotation", message },
  };
}

/** A guess, for a person to look at. */
const confidenceAsOthersDo = 0.8;

/** Others of the repository have a value for it at a place whose parent this target has as well. */
function asOthersDo(
  { entry, catalogue, now }: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
): Choice | Refused {
  const nothing = refused("edit-not-found", "nothing in the repository tells how it is restarted by a commit");
  const found = objects.own
    .filter((object) => component === undefined || objects.namesOf({ ...object, path: [] }).includes(component))
    .flatMap((object) => othersPlace(catalogue, object, entry.target.service) ?? []);
  const [place, ...others] = found;
  if (place === undefined || others.length > 0) return nothing;
  const { object, path, value } = place;
  const first = /^\d+$/.test(value) ? "1".padStart(value.length, "0") : nextNonce(value, [], now);
  if (first === undefined) return nothing;
  const { file, document } = object;
  const message = `others of this repository restart by ${String(path.at(-1))}`;
  return {
    edit: { kind: "insert", file, entry: { document, path, value: first } },
    confidence: confidenceAsOthersDo,
    reason: { code: "restart-by-value", message },
  };
}

interface Place {
  readonly object: RepositoryObject;
  readonly path: FieldPath;
  readonly value: string;
}

/** Fields of this many other targets are looked at: enough to tell a habit. */
const lookedAt = 400;

/** The place that most of them use. */
function othersPlace({ targets }: Catalogue, object: RepositoryObject, service: string): Place | undefined {
  const counts = new Map<string, { count: number; path: FieldPath; value: string }>();
  const sameFirst = targets.toSorted(
    (a, b) => Number(b.target.service === service) - Number(a.target.service === service),
  );
  for (const { fields } of sameFirst.slice(0, lookedAt)) {
    for (const { role, path, value } of fields) {
      if (role !== "restart" || at(object.root, ...path.slice(0, -1))?.kind !== "mapping") continue;
      if (at(object.root, ...path) !== undefined) continue;
      const key = path.join("\0");
      counts.set(key, { count: (counts.get(key)?.count ?? 0) + 1, path, value });
    }
  }
  const [best, second] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return best === undefined || best.count === second?.count
    ? undefined
    : { object, path: best.path, value: best.value };
}
