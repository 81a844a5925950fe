/** Turns a feature flag off, on, to a variant or back. Where it isn't certain what the flag would return, it is refused or said. */

import { readable } from "../diagnosis/readable.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { ActionInput } from "./action.ts";
import { asked } from "./asked.ts";
import { barred } from "./barred.ts";
import { bindDraft, type DraftEdit } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import type { Command } from "./commands/command.ts";
import { findFlags, holdsField, type TargetFlag } from "./flags/find-flags.ts";
import type { FlagEdit } from "./flags/flag.ts";
import { flagsNamed, nearestFlag, shortName } from "./flags/flags-named.ts";
import { isOurs } from "./is-ours.ts";
import { leaseUntil } from "./lease-until.ts";
import { placeOf } from "./place-of.ts";
import { putBack } from "./put-back.ts";
import { refused } from "./refused.ts";

export function flag(input: ActionInput): ActionResult {
  const { command } = input;
  if (command?.ask.action !== "flag") return takenBack(input);
  const { flag: name, state } = command.ask;
  const ask = { ...input, command };
  const chosen = chooseFlag(ask, name);
  if ("outcome" in chosen) return chosen;
  return state === "previous" ? toPrevious(ask, chosen) : toState(ask, chosen, state);
}

interface AskedInput extends ActionInput {
  readonly command: Command;
}

function chooseFlag({ entry, files, command }: AskedInput, name: string): TargetFlag | ActionResult {
  const flags = findFlags(entry, files);
  const named = flagsNamed(flags, name);
  const within = named.filter(({ namespace }) => namespace !== undefined && namespace === command.namespace);
  const deciding = (within.length > 0 ? within : named).filter(({ shadowed }) => !shadowed);
  const [only, ...others] = deciding.length > 0 ? deciding : named;
  if (only === undefined) {
    const near = nearestFlag(flags, name);
    const hint = near === undefined ? "" : `; did you mean ${readable(near)}?`;
    return refused("flag-unknown", `${placeOf(entry.target)} has no flag ${readable(name)}${hint}`);
  }
  if (others.length > 0) {
    const places = [only, ...others]
      .slice(0, 5)
      .map((flag) => `${readable(flag.name)} in ${readable(flag.file)}:${flag.line}`);
    return refused("target-ambiguous", `several flags could be meant (${places.join(", ")}): write more of its path`);
  }
  if (only.embedded)
    return refused(
      "edit-block-scalar",
      `${readable(name)} is in text inside ${readable(only.file)}, where Remit changes no values`,
    );
  return only;
}

function toState(input: AskedInput, chosen: TargetFlag, state: string): ActionResult {
  const change = chosen.change(state);
  if (change.outcome === "refused") return change;
  const edits = change.edits.flatMap((edit) => draftEdit(input, chosen, edit) ?? []);
  if (edits.length < change.edits.length) return refused("edit-not-found", "a part of the flag isn't the target's own");
  return draft(input, chosen, { edits, what: readable(state), risks: change.risks, reasons: change.reasons });
}

function draftEdit({ entry }: ActionInput, { file, document }: TargetFlag, edit: FlagEdit): DraftEdit | undefined {
  if (edit.kind === "insert") return { kind: "insert", file, entry: { document, path: edit.path, value: edit.value } };
  const key = JSON.stringify(edit.path);
  const field = entry.fields.find(
    (other) => other.file === file && other.document === document && JSON.stringify(other.path) === key,
  );
  return field && { kind: "set", field, after: edit.after };
}

/** Before its newest change, whoever made it. */
function toPrevious(input: AskedInput, chosen: TargetFlag): ActionResult {
  const own = input.changes.filter(({ field, text }) => text === undefined && holdsField(chosen, field));
  const commit = own[0]?.commit.id;
  if (commit === undefined)
    return refused(
      "no-recent-change",
      `no change of ${readable(shortName(chosen))} is known, so what it was isn't either`,
    );
  const together = own.filter((change) => change.commit.id === commit);
  const back = putBack(input.entry, together, `the flag ${readable(shortName(chosen))}`);
  if (back.outcome === "refused") return back;
  return draft(input, chosen, { edits: back.edits, what: "back", risks: [], reasons: [], suspect: commit });
}

type Turned = Pick<Parameters<typeof bindDraft>[0], "edits" | "reasons" | "suspect"> & {
  readonly what: string;
  readonly risks: NonNullable<Parameters<typeof bindDraft>[0]["risks"]>;
};

function draft({ entry, files, command, now }: AskedInput, chosen: TargetFlag, turned: Turned): ActionResult {
  const { what, edits, risks, reasons, suspect } = turned;
  const { leaseMs } = command;
  return bindDraft(
    {
      action: "flag",
      entry,
      edits,
      title: `turn the flag ${readable(shortName(chosen))} ${what} for ${placeOf(entry.target)}`,
      confidence: 1,
      reasons: [asked, ...reasons],
      risks,
      suspect,
      lease: leaseMs === undefined ? undefined : leaseUntil(now, leaseMs, "the flag is turned for a while"),
    },
    files,
  );
}

/** The suspect may have changed more than its flags, and turning a feature on isn't as safe as turning it off. */
const confidenceWhenUnsure = 0.85;

/** A runbook's: only what the suspect did to flags. */
function takenBack(input: ActionInput): ActionResult {
  const { entry, files, diagnosis, barriers } = input;
  if (diagnosis === undefined) return noneTurned;
  const [suspect] = diagnosis.suspects;
  if (suspect === undefined) return noneTurned;
  const flags = findFlags(entry, files).filter(({ embedded }) => !embedded);
  const turned = flags.filter((flag) => suspect.changes.some(({ field }) => holdsField(flag, field)));
  const changed = suspect.changes.filter(({ field }) => turned.some((flag) => holdsField(flag, field)));
  if (changed.length === 0) return noneTurned;
  if (changed.some(({ commit }) => isOurs(commit)))
    return refused("flip-flop", "Remit itself made the change that is suspected");
  const names = turned.map((flag) => readable(shortName(flag)));
  const what = `the flag${names.length > 1 ? "s" : ""} ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`;
  const back = putBack(entry, changed, what);
  if (back.outcome === "refused") return back;
  const values = changed.map(({ before }) => before).filter((value) => value !== undefined);
  const forbidden = barred(barriers, { service: entry.target.service, values, commits: [suspect.commit] });
  if (forbidden !== undefined) return { outcome: "refused", reasons: [forbidden] };
  const unsure = changed.length < suspect.changes.length || changed.some(turnsOn);
  return bindDraft(
    {
      action: "flag",
      entry,
      edits: back.edits,
      title: `turn ${what} back for ${placeOf(entry.target)}`,
      confidence: unsure ? Math.min(confidenceWhenUnsure, diagnosis.confidence) : diagnosis.confidence,
      reasons: diagnosis.reasons,
      evidence: diagnosis.evidence,
      suspect: suspect.commit,
    },
    files,
  );
}

const noneTurned = refused("no-recent-change", "the change that is suspected turned no flag");

/** Going back would turn something on. */
function turnsOn({ before = "" }: FieldChange): boolean {
  return /^(?:true|on|yes|enabled|1)$/i.test(before);
}
