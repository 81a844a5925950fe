/** More memory for what is killed for want of it, more CPU for what is throttled: requests and limits in step. */

import type { Field } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { Reason } from "../reason.ts";
import type { ActionInput } from "./action.ts";
import { type AlertedResource, alertedResource } from "./alerted-resource.ts";
import { asked } from "./asked.ts";
import { bindDraft, type DraftEdit } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { chooseComponent } from "./choose-component.ts";
import { inOwnLayer } from "./in-own-layer.ts";
import { leaseUntil } from "./lease-until.ts";
import { placeOf } from "./place-of.ts";
import { parseQuantity, type Quantity, spellQuantity } from "./quantity.ts";
import { readObjects, type TargetObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";
import { resourceBound } from "./resource-bounds.ts";

type Refused = ReturnType<typeof refused>;

interface Wish extends AlertedResource {
  /** A person's; otherwise a runbook's. */
  readonly asked: boolean;
  readonly amount: { readonly quantity: string } | { readonly factor: number };
}

/** What one container may have and what it asks for; at least one of them. */
interface Share {
  readonly limit: Field | undefined;
  readonly request: Field | undefined;
}

const defaultFactor = 1.5;
/** Of what stood a day ago. */
const most = 2;
const dayMs = 24 * 60 * 60_000;
const leakMs = 7 * dayMs;
const confidenceInOwnLayer = 0.85;

export function resize(input: ActionInput): ActionResult {
  const { entry, files, now, command } = input;
  const wish = wishOf(input);
  if ("outcome" in wish) return wish;
  const { resource } = wish;
  const objects = readObjects(entry, files);
  const share = chooseShare(input, wish, objects);
  if ("outcome" in share) return share;
  const refusal = unwise(input, wish, share);
  if (refusal !== undefined) return refusal;
  const settings = settingsOf(input, wish, share);
  if ("outcome" in settings) return settings;
  const edits = settings.map((edit) => inOwnLayer(edit, edit.after, entry, objects));
  const overridden = edits.some((edit) => edit.kind === "insert");
  const [shown] = settings;
  const change = shown === undefined ? "" : `: ${resource} from ${shown.field.value} to ${shown.after}`;
  const leaseMs = command?.leaseMs;
  return bindDraft(
    {
      action: "resize",
      entry,
      edits,
      title: `resize ${placeOf(entry.target)}${change}`,
      confidence: overridden ? confidenceInOwnLayer : 1,
      reasons: wish.asked ? [asked] : [],
      risks: [...risksOf(input, wish, share), ...(overridden ? [own] : [])],
      lease: leaseMs === undefined ? undefined : leaseUntil(now, leaseMs, "it is given more for a while"),
    },
    files,
  );
}

const own: Reason = {
  code: "value-inserted",
  message: "the amount stands in a base that others share, so it is written into the environment's own patch",
};

function wishOf({ command, incident }: ActionInput): Wish | Refused {
  if (command?.ask.action === "resize") {
    const { resource, amount, component } = command.ask;
    return { asked: true, resource, amount, component };
  }
  const told = alertedResource(incident);
  if (told === undefined)
    return refused("alert-unfit", "the alert tells neither that memory ran out nor that the CPU is throttled");
  return { asked: false, ...told, amount: { factor: defaultFactor } };
}

function chooseShare({ entry }: ActionInput, wish: Wish, objects: TargetObjects): Share | Refused {
  const { resource } = wish;
  const shares = sharesOf(entry.fields, resource);
  const what = `amounts of ${resource}`;
  const { service } = entry.target;
  const known = shares.some(
    ({ shown }) => wish.component !== undefined && objects.namesOf(shown).includes(wish.component),
  );
  // The alert's container may be called otherwise than in the repository.
  const component = wish.asked || known ? wish.component : undefined;
  const meant = component === undefined ? shares.filter(({ shown }) => !shown.path.includes("initContainers")) : shares;
  const chosen = chooseComponent({ fields: meant.map(({ shown }) => shown), objects, component, service, what });
  if (chosen.outcome === "refused") return chosen;
  return shares.find(({ shown }) => shown === chosen.field) ?? refused("edit-not-found", `there are no ${what}`);
}

/** Limit and request of one container, whichever layer each of them wins in. */
function sharesOf(fields: readonly Field[], resource: string): readonly (Share & { readonly shown: Field })[] {
  const amounts = fields.filter((field) => field.shadowedBy === undefined && kindOf(field, resource) !== undefined);
  const groups = Map.groupBy(amounts, ({ file, document, path }) => JSON.stringify([file, document, holderOf(path)]));
  return [...groups.values()].flatMap((group) => {
    const limit = group.find((field) => kindOf(field, resource) === "limit");
    const request = group.find((field) => kindOf(field, resource) === "request");
    const shown = limit ?? request;
    return shown === undefined ? [] : [{ limit, request, shown }];
  });
}

/** `limits.memory`, or `memoryLimits`. */
function kindOf({ role, path }: Field, resource: string): "limit" | "request" | undefined {
  const [parent, key] = [String(path.at(-2)), String(path.at(-1))];
  if (role !== "resource" || !key.startsWith(resource)) return undefined;
  const word = key === resource ? parent : key.slice(resource.length).toLowerCase();
  if (/^limits?$/.test(word)) return "limit";
  return /^requests?$/.test(word) ? "request" : undefined;
}

function holderOf(path: Field["path"]): Field["path"] {
  return /^(?:limits|requests)$/.test(String(path.at(-2))) ? path.slice(0, -2) : path.slice(0, -1);
}

/** What only a person decides, knowing that it didn't help before or that somebody else decides. */
function unwise(input: ActionInput, { asked, resource }: Wish, share: Share): Refused | undefined {
  if (asked) return undefined;
  const fields = fieldsOf(share);
  if (fields.some(({ writers = [] }) => writers.some(({ kind }) => kind === "vpa")))
    return refused("competing-writer", "a VerticalPodAutoscaler decides how much it has");
  if (resource === "memory" && raised(input, share)) return { outcome: "refused", reasons: [leak] };
  return undefined;
}

const leak: Reason = {
  code: "leak-suspected",
  message: "its memory was raised within the last seven days and ran out again, so more of it may not help",
};

function fieldsOf({ limit, request }: Share): readonly Field[] {
  return [limit, request].filter((field) => field !== undefined);
}

function raised({ changes, now }: ActionInput, share: Share): boolean {
  return fieldsOf(share).some((field) =>
    within(changes, field, now - leakMs).some(({ before, after }) => {
      const [old, fresh] = [parseQuantity(before ?? ""), parseQuantity(after ?? "")];
      return old !== undefined && fresh !== undefined && fresh.amount > old.amount;
    }),
  );
}

function within(changes: readonly FieldChange[], field: Field, since: number): readonly FieldChange[] {
  const key = fieldKey(field);
  return changes.filter((change) => fieldKey(change.field) === key && change.commit.committedAt > since);
}

type Setting = Extract<DraftEdit, { kind: "set" }>;

function settingsOf(input: ActionInput, wish: Wish, share: Share): readonly Setting[] | Refused {
  const { resource } = wish;
  const shown = share.limit ?? share.request;
  const stood = parseQuantity(shown?.value ?? "");
  if (shown === undefined || stood === undefined)
    return refused("edit-unsupported", `its amount of ${resource} isn't a plain quantity`);
  const goal = goalOf(wish, stood);
  if (goal === undefined) return refused("edit-unsupported", "a quantity of memory has a unit, such as Mi");
  const factor = wish.asked
    ? goal.amount / stood.amount
    : Math.min(goal.amount / stood.amount, roomOf(input, shown, stood));
  const settings: Setting[] = [];
  for (const field of fieldsOf(share)) {
    const old = parseQuantity(field.value);
    if (old === undefined) return refused("edit-unsupported", `its amount of ${resource} isn't a plain quantity`);
    const wanted = field === shown && goal.text !== undefined ? goal.text : spelled(old, factor, resource);
    const limited = field === share.request ? atMost(wanted, settings[0]?.after, old, resource) : wanted;
    settings.push({ kind: "set", field, after: limited });
  }
  return withinBounds(input, wish, share, settings);
}

interface Goal {
  readonly amount: number;
  /** As the person spelled it, where the file may spell it so, too. */
  readonly text: string | undefined;
}

/** undefined: it can't be told what is meant. */
function goalOf({ amount, resource }: Wish, stood: Quantity): Goal | undefined {
  if ("factor" in amount) return { amount: stood.amount * amount.factor, text: undefined };
  const goal = parseQuantity(amount.quantity);
  if (goal === undefined || (resource === "memory" && goal.unit === "" && stood.unit !== "")) return undefined;
  // A number stays a number and a word a word.
  if ((goal.unit === "") === (stood.unit === "")) return { amount: goal.amount, text: amount.quantity };
  return { amount: goal.amount, text: spellQuantity(goal.amount, stood.unit, resource, "up") };
}

/** How many times as much it may have: twice what stood a day ago. */
function roomOf({ changes, now }: ActionInput, field: Field, stood: Quantity): number {
  const earliest = within(changes, field, now - dayMs).at(-1);
  const before = parseQuantity(earliest?.before ?? "") ?? stood;
  return (most * before.amount) / stood.amount;
}

function spelled(old: Quantity, factor: number, resource: Wish["resource"]): string {
  return spellQuantity(old.amount * factor, old.unit, resource, "up");
}

/** A request above its limit isn't admitted. */
function atMost(wanted: string, limit: string | undefined, { unit }: Quantity, resource: Wish["resource"]): string {
  const [asks, may] = [parseQuantity(wanted), parseQuantity(limit ?? "")];
  if (asks === undefined || may === undefined || asks.amount <= may.amount) return wanted;
  return spellQuantity(may.amount, unit, resource, "down");
}

/** Field note 27: what the namespace doesn't allow makes no pods at all. */
function withinBounds(
  input: ActionInput,
  { resource, asked }: Wish,
  share: Share,
  settings: readonly Setting[],
): readonly Setting[] | Refused {
  for (const { field, after } of settings) {
    const [fresh, stood] = [parseQuantity(after), parseQuantity(field.value)];
    if (fresh === undefined || stood === undefined || fresh.amount === 0)
      return refused("edit-unsupported", `nothing would be left of its ${resource}`);
    if (!asked && fresh.amount <= stood.amount && field === (share.limit ?? share.request))
      return refused("quota-reached", `it has twice as much ${resource} already as a day ago`);
    const bound = resourceBound({ ...input, resource, of: field === share.limit ? "limits" : "requests" });
    if (bound !== undefined && fresh.amount > bound.most && fresh.amount > stood.amount)
      return refused(
        "quota-reached",
        `the namespace doesn't allow ${after} of ${resource} (${bound.file}:${bound.line})`,
      );
  }
  return settings;
}

function risksOf(input: ActionInput, { resource, asked }: Wish, share: Share): readonly Reason[] {
  if (resource !== "memory") return [];
  const heap = input.entry.fields.find(({ value }) => fixedHeap.test(value));
  return [
    ...(asked && raised(input, share) ? [leak] : []),
    ...(heap === undefined
      ? []
      : [
          {
            code: "heap-fixed" as const,
            message: `its heap has a size of its own (${heap.file}:${heap.line}), which stays as it is`,
          },
        ]),
  ];
}

const fixedHeap = /(?:^|\s)(?:-Xmx\d|-XX:MaxRAM=|--max-old-space-size=)/;
