/** Takes a target to what a person names: a commit, a value that stood there once, or one that never did. Forwards, too. */

import { readable } from "../diagnosis/readable.ts";
import type { TargetCommit } from "../diagnosis/target-commits.ts";
import { targetCommits } from "../diagnosis/target-commits.ts";
import type { Field, FieldRole } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import { parseImageReference } from "../gitops/catalogue/image-reference.ts";
import type { ActionInput } from "./action.ts";
import { asked } from "./asked.ts";
import { bindDraft } from "./bind-draft.ts";
import type { ActionResult } from "./candidate.ts";
import { isOurs } from "./is-ours.ts";
import { type PastState, pastStates, stateBefore } from "./past-state.ts";
import { placeOf } from "./place-of.ts";
import { refused } from "./refused.ts";
import { restoreCandidate } from "./restore-candidate.ts";

/** Nobody knows whether such a version exists. */
const confidenceWhenNew = 0.6;

export function rollbackTo(input: ActionInput, to: string): ActionResult {
  const commits = targetCommits(input.changes);
  const state = stateAtCommit(input, commits, to) ?? stateWithValue(commits, to);
  if (state === undefined) return toNewValue(input, to);
  if (state === "current") return refused("already-restored", "nothing of the target has changed since that commit");
  const [newest] = state.undone;
  return restoreCandidate(input, {
    state,
    suspect: newest?.commit.id ?? to,
    confidence: 1,
    risks: state.undone.some(({ commit }) => isOurs(commit))
      ? [{ code: "flip-flop", message: "Remit itself made a change that would be taken back" }]
      : [],
    reasons: [asked],
    evidence: [],
  });
}

/** As things stood right after the commit. A word that is no commit of the target's may still be a value. */
function stateAtCommit(
  { commits: branch }: ActionInput,
  commits: readonly TargetCommit[],
  to: string,
): PastState | "current" | undefined {
  if (!/^[0-9a-f]{7,64}$/.test(to)) return undefined;
  const at = branch.findIndex(({ id }) => id.startsWith(to));
  if (at === -1 || branch.findLastIndex(({ id }) => id.startsWith(to)) !== at) return undefined;
  const later = new Set(branch.slice(0, at).map(({ id }) => id));
  const undone = commits.filter(({ commit }) => later.has(commit.id));
  return undone.length === 0 ? "current" : stateBefore(undone);
}

/** The newest state in which a field said so, and what changed in step with the field since. */
function stateWithValue(commits: readonly TargetCommit[], to: string): PastState | undefined {
  for (const { changes } of commits) {
    for (const { field, before } of changes) {
      if (before === undefined || !says(field.role, before, to)) continue;
      const key = fieldKey(field);
      const newest = commits.find((later) => later.changes.some((change) => fieldKey(change.field) === key));
      if (newest === undefined) continue;
      return pastStates(commits, newest.commit.id).find(({ fields }) => fields.get(key)?.value === before);
    }
  }
  return undefined;
}

const versions: ReadonlySet<FieldRole> = new Set(["image", "image-tag", "image-digest", "chart-version", "revision"]);

/** `v1.4.2` names `registry/shop/checkout:v1.4.2` and `https://…?ref=v1.4.2`, too. */
function says(role: FieldRole, value: string, to: string): boolean {
  return versions.has(role) && (value === to || versionIn(role, value) === to);
}

function versionIn(role: FieldRole, value: string): string {
  if (role === "image") return parseImageReference(value)?.tag ?? value;
  if (role === "image-tag") return value.replace(/@.*$/, "");
  return /[?&]ref=([^&]+)/.exec(value)?.[1] ?? value;
}

/** All fields that say the same version go in step. Which of several versions is meant isn't guessed. */
function toNewValue({ entry, files }: ActionInput, to: string): ActionResult {
  const fields = entry.fields.filter(
    ({ role, shadowedBy }) => versions.has(role) && role !== "image-digest" && shadowedBy === undefined,
  );
  const current = new Set(fields.map(({ role, value }) => versionIn(role, value)));
  const [version, ...others] = current;
  if (version === undefined) return refused("edit-not-found", "the target has no version in the repository");
  if (others.length > 0) {
    const known = [...current].slice(0, 5).map(readable).join(", ");
    return refused(
      "target-ambiguous",
      `${readable(to)} never stood there, and the target has several versions: ${known}`,
    );
  }
  if (fields.some(pinned))
    return refused("edit-unsupported", "the image is pinned by a digest, and that of a new tag isn't known");
  const message = `${readable(to)} never stood there, as far as the known history goes: see that it exists`;
  return bindDraft(
    {
      action: "rollback",
      entry,
      edits: fields.map((field) => ({ kind: "set", field, after: withVersion(field, version, to) })),
      title: `take ${placeOf(entry.target)} to ${readable(to)}`,
      confidence: confidenceWhenNew,
      reasons: [asked],
      risks: [{ code: "value-unknown", message }],
    },
    files,
  );
}

function pinned({ value }: Field): boolean {
  return value.includes("@sha256:");
}

function withVersion({ value }: Field, version: string, to: string): string {
  const at = value.lastIndexOf(version);
  return value.slice(0, at) + to + value.slice(at + version.length);
}
