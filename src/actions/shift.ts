/** Moves traffic among the backends of a service, away from one that is degraded. The sum of the weights stays what it was. */

import { readable } from "../diagnosis/readable.ts";
import type { ActionInput } from "./action.ts";
import { asked } from "./asked.ts";
import { barred } from "./barred.ts";
import { bindDraft, type DraftEdit } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { isOurs } from "./is-ours.ts";
import { leaseUntil } from "./lease-until.ts";
import { placeOf } from "./place-of.ts";
import { putBack } from "./put-back.ts";
import { readObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";
import { distribute } from "./shares/distribute.ts";
import { findSplits, type Share, type Split } from "./shares/find-splits.ts";
import { weightWriter } from "./shares/weight-writer.ts";

const runbookLeaseMs = 4 * 60 * 60_000;

export function shift(input: ActionInput): ActionResult {
  const ask = input.command?.ask;
  return ask?.action === "shift" ? asAsked(input, ask.backend, ask.percent) : takenBack(input);
}

function asAsked(input: ActionInput, backend: string, percent: number): ActionResult {
  const { entry, files, command, now } = input;
  const chosen = splitsOf(input, backend);
  if ("outcome" in chosen) return chosen;
  const edits: DraftEdit[] = [];
  for (const { split, of } of chosen) {
    const weights = split.shares.map(({ weight }) => weight ?? 0);
    const result = distribute(weights, of, percent);
    if ("impossible" in result) return refused("shift-impossible", `${place(split)}: ${result.impossible}`);
    edits.push(...editsOf(split.shares, result.weights));
  }
  const leaseMs = command?.leaseMs;
  const steps = chosen.some(({ split }) => split.object?.kind === "Rollout");
  const message = "a Rollout's step applies when its controller comes to it, and changing it starts the steps anew";
  return bindDraft(
    {
      action: "shift",
      entry,
      edits,
      title: `shift ${placeOf(entry.target)}: ${readable(backend)} gets ${percent} % of the traffic`,
      confidence: 1,
      reasons: [asked],
      risks: steps ? [{ code: "competing-writer", message }] : [],
      lease: leaseMs === undefined ? undefined : leaseUntil(now, leaseMs, "the traffic is shifted for a while"),
    },
    files,
  );
}

interface ChosenSplit {
  readonly split: Split;
  /** Index of the backend's share. */
  readonly of: number;
}

/** Every route that the backend is one of, as long as they all say the same. */
function splitsOf({ entry, files }: ActionInput, backend: string): readonly ChosenSplit[] | ActionResult {
  const splits = findSplits(entry, files).filter(({ shares }) => shares.every(isDecisive));
  const chosen: ChosenSplit[] = [];
  for (const split of splits) {
    const [of, ...others] = split.shares.flatMap(({ names }, index) => (names.includes(backend) ? [index] : []));
    if (of === undefined) continue;
    if (others.length > 0)
      return refused("target-ambiguous", `${place(split)} has several backends called ${readable(backend)}`);
    if (split.shares.some(({ weight }) => weight === undefined))
      return refused("shift-impossible", `${place(split)} has a backend without a weight of its own`);
    const writer = weightWriter(split, readObjects(entry, files).own);
    if (writer !== undefined)
      return refused("competing-writer", `${writer} decides these weights while it runs, and would set them again`);
    chosen.push({ split, of });
  }
  const [first, ...others] = chosen;
  if (first === undefined) return unknown(entry.target.service, splits, backend);
  const differing = others.find(({ split }) => said(split) !== said(first.split));
  if (differing === undefined) return chosen;
  const places = `${place(first.split)} and ${place(differing.split)}`;
  return refused("target-ambiguous", `${places} split the traffic differently`);
}

function isDecisive({ field }: Share): boolean {
  return field?.shadowedBy === undefined;
}

function said({ shares }: Split): string {
  return JSON.stringify(shares.map(({ names, weight }) => [names, weight]));
}

function unknown(service: string, splits: readonly Split[], backend: string): ActionResult {
  const names = [...new Set(splits.flatMap(({ shares }) => shares.map((share) => share.names[0] ?? "")))].slice(0, 8);
  const message =
    names.length === 0
      ? `no split of the traffic of ${readable(service)} is in the repository`
      : `the traffic goes to ${names.map(readable).join(", ")}, and to no ${readable(backend)}`;
  return refused("shift-impossible", message);
}

function place({ file, line }: Split): string {
  return `${readable(file)}:${line}`;
}

function editsOf(shares: readonly Share[], weights: readonly number[]): readonly DraftEdit[] {
  return shares.flatMap(({ field }, index) =>
    field === undefined ? [] : [{ kind: "set", field, after: String(weights[index]) }],
  );
}

/** The suspect changed more than weights, and that stays. */
const confidenceBesideOthers = 0.85;

/** A runbook's: only what the suspect did to weights, and only for a time. */
function takenBack({ entry, files, diagnosis, barriers, now }: ActionInput): ActionResult {
  const suspect = diagnosis?.suspects[0];
  const changed = suspect?.changes.filter(({ field }) => field.role === "weight") ?? [];
  if (diagnosis === undefined || suspect === undefined || changed.length === 0)
    return refused("no-recent-change", "the change that is suspected shifted no traffic");
  if (changed.some(({ commit }) => isOurs(commit)))
    return refused("flip-flop", "Remit itself made the change that is suspected");
  const { own } = readObjects(entry, files);
  const touched = findSplits(entry, files).filter(({ shares }) =>
    shares.some(({ field }) => changed.some((change) => change.field.file === field?.file)),
  );
  const writer = touched.map((split) => weightWriter(split, own)).find((name) => name !== undefined);
  if (writer !== undefined)
    return refused("competing-writer", `${writer} decides these weights while it runs, and would set them again`);
  const values = changed.flatMap(({ before }) => before ?? []);
  const forbidden = barred(barriers, { service: entry.target.service, values: [], commits: [suspect.commit] });
  if (forbidden !== undefined) return { outcome: "refused", reasons: [forbidden] };
  if (values.every((value) => Number(value) === 0))
    return refused("shift-impossible", "before that change no backend had any traffic");
  const all = changed.length === suspect.changes.length;
  const back = putBack(entry, changed, "the split of the traffic");
  if (back.outcome === "refused") return back;
  return bindDraft(
    {
      action: "shift",
      entry,
      edits: back.edits,
      title: `shift the traffic of ${placeOf(entry.target)} back`,
      confidence: all ? diagnosis.confidence : Math.min(confidenceBesideOthers, diagnosis.confidence),
      reasons: diagnosis.reasons,
      evidence: diagnosis.evidence,
      suspect: suspect.commit,
      lease: leaseUntil(now, runbookLeaseMs, "the traffic is shifted for a while"),
    },
    files,
  );
}
