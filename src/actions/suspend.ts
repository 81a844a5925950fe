/** Stops something from running or from being reconciled, or lets it go on. Stopping is always for a time only. */

import type { Field, FieldPath } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import { at, textAt } from "../gitops/catalogue/node-access.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { YamlNode } from "../gitops/yaml-tree.ts";
import type { Reason } from "../reason.ts";
import type { ActionInput } from "./action.ts";
import { asked } from "./asked.ts";
import { bindDraft, type DraftEdit } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { chooseComponent } from "./choose-component.ts";
import { collectionValue } from "./entry-value.ts";
import { leaseUntil } from "./lease-until.ts";
import { placeOf } from "./place-of.ts";
import { type RepositoryObject, readObjects, type TargetObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";

const defaultLeaseMs = 4 * 60 * 60_000;

/** Where an object says itself that it is to stand still. A Flux object that is suspended isn't reconciled, fixes included. */
const switches: ReadonlyMap<string | undefined, FieldPath> = new Map([
  ["CronJob", ["spec", "suspend"]],
  ["Rollout", ["spec", "paused"]],
]);

export function suspend(input: ActionInput): ActionResult {
  const { entry, files, command, now } = input;
  const ask = command?.ask.action === "suspend" ? command.ask : undefined;
  const suspended = ask?.suspended ?? true;
  const objects = readObjects(entry, files);
  const edit = (suspended ? stop : goOn)(input, objects, ask?.component);
  if ("outcome" in edit) return edit;
  return bindDraft(
    {
      action: "suspend",
      entry,
      edits: [edit],
      title: `${suspended ? "suspend" : "resume"} ${placeOf(entry.target)}`,
      confidence: 1,
      reasons: command === undefined ? [] : [asked],
      risks: suspended ? risksOf(edit, objects) : [],
      lease: suspended ? leaseUntil(now, command?.leaseMs ?? defaultLeaseMs, "it is suspended for a while") : undefined,
    },
    files,
  );
}

type Refused = Extract<ActionResult, { outcome: "refused" }>;

const what = "switches that suspend something";

function stop(input: ActionInput, objects: TargetObjects, component: string | undefined): DraftEdit | Refused {
  const { entry } = input;
  const written = entry.fields.filter(decides);
  const running = written.filter(({ value }) => value !== stopping(value));
  const chosen = chooseComponent({ fields: running, objects, component, service: entry.target.service, what });
  if (chosen.outcome === "chosen") return { kind: "set", field: chosen.field, after: stopping(chosen.field.value) };
  if (chosen.reasons[0]?.code !== "edit-not-found") return chosen;
  if (written.length > 0 && placesOf(input, objects, component).length === 0)
    return refused("already-restored", "it is suspended already");
  const own = placesOf(input, objects, component);
  // What runs comes before what applies it.
  const [place, ...others] = own.length > 0 ? own : controllersOf(input, objects, component);
  if (place === undefined) return chosen;
  if (others.length === 0) return place;
  return refused("target-ambiguous", `${others.length + 1} objects could be suspended: name one with --component`);
}

/** Whoever applies the target, where nothing says yet that it is to stop. Only for a person: a runbook means what runs. */
function controllersOf(
  { files, command }: ActionInput,
  { own }: TargetObjects,
  component: string | undefined,
): readonly DraftEdit[] {
  if (command === undefined) return [];
  return own
    .filter(({ file, name }) => files.has(file) && (component === undefined || name === component))
    .flatMap(({ file, document, kind, root }): readonly DraftEdit[] => {
      if (kind === "Application") return automatedSync({ file, document, root });
      const path = ["spec", "suspend"];
      const stops = kind === "HelmRelease" || kind === "Kustomization";
      return stops && at(root, ...path) === undefined
        ? [{ kind: "insert", file, entry: { document, path, value: true } }]
        : [];
    });
}

/** Argo CD syncs by itself for as long as the policy is written, whatever it holds; older ones know no `enabled`. */
function automatedSync({ file, document, root }: Pick<RepositoryObject, "file" | "document" | "root">) {
  const policy = at(root, "spec", "syncPolicy");
  const path = ["spec", "syncPolicy", "automated"];
  const found = at(root, ...path);
  if (policy?.kind !== "mapping" || found === undefined || isNothing(found)) return [];
  // A mapping that holds nothing any more is nothing.
  const alone = policy.entries.length === 1;
  const before = collectionValue(alone ? policy : found);
  if (before === undefined) return [];
  return [{ kind: "clear", file, entry: { document, path: alone ? path.slice(0, -1) : path, before } } as const];
}

function isNothing(node: YamlNode): boolean {
  return node.kind !== "mapping" || textAt(node, "enabled") === "false";
}

/** What was written to stop it goes again where it wasn't there before. */
function goOn(
  { entry, changes }: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
): DraftEdit | Refused {
  const stopped = entry.fields.filter((field) => decides(field) && field.value === stopping(field.value));
  const chosen = chooseComponent({ fields: stopped, objects, component, service: entry.target.service, what });
  if (chosen.outcome === "refused") return chosen;
  const { field } = chosen;
  const made = changes.find((change) => fieldKey(change.field) === fieldKey(field) && change.after === field.value);
  const added = made !== undefined && made.before === undefined && existedBefore(made);
  return added ? { kind: "remove", field } : { kind: "set", field, after: going(field.value) };
}

function decides({ role, shadowedBy, value }: Field): boolean {
  return role === "suspend" && shadowedBy === undefined && /^(?:true|false|enabled|disabled)$/.test(value);
}

/** Flux's `reconcile: disabled` is the only switch the other way round. */
function stopping(value: string): string {
  return value === "true" || value === "false" ? "true" : "disabled";
}

function going(value: string): string {
  return value === "true" || value === "false" ? "false" : "enabled";
}

/** Where nothing is written yet: as it once was, or where the kind of object has its switch. */
function placesOf(input: ActionInput, objects: TargetObjects, component: string | undefined): readonly DraftEdit[] {
  const past = input.changes.filter(
    (change) => change.field.role === "suspend" && change.before !== undefined && change.after === undefined,
  );
  const places = [
    ...past.map(({ field: { file, document, path } }) => ({ file, document, path })),
    ...objects.own.flatMap(({ file, document, kind, root }) => {
      const path = switches.get(kind);
      return path === undefined || at(root, ...path) !== undefined ? [] : [{ file, document, path }];
    }),
  ];
  const free = places.filter(({ file, document, path }, index) => {
    const key = fieldKey({ file, document, path });
    const same = (other: (typeof places)[number]) => fieldKey(other) === key;
    const there = input.entry.fields.some(same);
    return !there && places.findIndex(same) === index && input.files.has(file);
  });
  return free
    .filter((place) => component === undefined || objects.namesOf(place).includes(component))
    .map(({ file, document, path }) => ({ kind: "insert", file, entry: { document, path, value: true } }));
}

/** A switch that came with its file says how it was meant to be from the start. */
function existedBefore({ commit, field }: FieldChange): boolean {
  return commit.files.some(({ path, status }) => path === field.file && status !== "added");
}

const fluxKinds: ReadonlySet<string | undefined> = new Set([
  "Kustomization",
  "HelmRelease",
  "GitRepository",
  "OCIRepository",
]);

/** Field note 29: what isn't reconciled can't be mended either. */
function risksOf(edit: DraftEdit, objects: TargetObjects): readonly Reason[] {
  const place = "field" in edit ? edit.field : { file: edit.file, ...edit.entry };
  const kind = objects.objectOf(place)?.kind;
  const own = (place.path.length === 2 && fluxKinds.has(kind)) || kind === "Application";
  const message = "while it is suspended nothing of it is applied, mending included";
  return own || /reconcile/.test(String(place.path.at(-1))) ? [{ code: "reconciliation-stops", message }] : [];
}
