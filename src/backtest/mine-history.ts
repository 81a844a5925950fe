/**
 * Finds what people took back in the repository's own history. A rollback is a small change of configuration that is the exact
 * inverse of one commit of the fourteen days before it. Where the message names the commit, it may take back a part of it;
 * where the message says nothing, it must be all of it, and made by a person.
 */
import type { Instant } from "../clock.ts";
import { isAutomated } from "../gitops/history/is-automated.ts";
import { type UndoingMessage, undoingMessage } from "../gitops/history/undoing-message.ts";
import type { MinedCommit, MinedPatch } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import { actionKind } from "./action-kind.ts";
import { EarlierChanges } from "./earlier-changes.ts";
import type { FoundAction, FoundChanges, FoundRollback, UnreplayableRollback } from "./found-change.ts";
import { type Between, type Change, inverse } from "./inverse.ts";
import { isSmall, touchesLittle } from "./small-change.ts";

/** A rollback comes within this time of what it undoes. Milliseconds. */
export const undoneWithinMs = 14 * 24 * 60 * 60_000;

export interface MineHistoryInput {
  /** First-parent commits, newest first, from `undoneWithinMs` before `since` on. */
  readonly commits: readonly MinedCommit[];
  /** What was done before this isn't reported; it can only have been undone. */
  readonly since: Instant;
  readonly patches: (commits: readonly Revision[]) => Promise<ReadonlyMap<Revision, MinedPatch>>;
  readonly between: Between;
}

/** Candidates that are compared line by line, newest first: a field that flaps has hundreds. */
const comparisons = 8;

type Finding = FoundRollback | UnreplayableRollback["why"] | undefined;

export async function mineHistory(input: MineHistoryInput): Promise<FoundChanges> {
  const { commits, since, between } = input;
  const reported = commits.filter(({ committedAt, parents }) => committedAt >= since && parents.length > 0);
  const changes = await smallChanges(input);
  const earlier = new EarlierChanges(commits, [...changes.values()]);
  const rollbacks = new Map<Revision, FoundRollback>();
  const unreplayable: UnreplayableRollback[] = [];
  const actions: FoundAction[] = [];
  // Oldest first: what puts a rolled back change forward again comes after the rollback.
  for (const commit of reported.toReversed()) {
    const message = undoingMessage(commit.message);
    const change = changes.get(commit.id);
    const found =
      message === undefined
        ? await unnamedRollback(change, earlier, rollbacks, between)
        : await namedRollback(commit, change, message, { earlier, between, patches: input.patches });
    if (typeof found === "object") rollbacks.set(commit.id, found);
    else if (found !== undefined) unreplayable.push({ commit, why: found });
    else if (change !== undefined && !isAutomated(commit.author)) {
      const kind = actionKind(change.hunks);
      if (kind !== undefined) actions.push({ commit, kind, hunks: change.hunks });
    }
  }
  return {
    rollbacks: [...rollbacks.values()].reverse(),
    unreplayable: unreplayable.reverse(),
    actions: actions.reverse(),
    commits: reported.length,
  };
}

async function smallChanges({ commits, patches }: MineHistoryInput): Promise<ReadonlyMap<Revision, Change>> {
  const little = commits.filter(touchesLittle);
  const lines = await patches(little.map(({ id }) => id));
  const changes = new Map<Revision, Change>();
  for (const commit of little) {
    const patch = lines.get(commit.id);
    if (patch !== undefined && isSmall(patch)) changes.set(commit.id, { commit, hunks: patch.hunks });
  }
  return changes;
}

async function unnamedRollback(
  change: Change | undefined,
  earlier: EarlierChanges,
  rollbacks: ReadonlyMap<Revision, FoundRollback>,
  between: Between,
): Promise<FoundRollback | undefined> {
  if (change === undefined || isAutomated(change.commit.author) || flaps(change)) return undefined;
  const found = await opposite(change, earlier, between);
  // What takes back a rollback puts the change forward again.
  if (found === undefined || rollbacks.has(found.id)) return undefined;
  return { commit: change.commit, culprit: found, named: false, extent: "whole", hunks: change.hunks };
}

/** What goes to and fro by its nature undoes nothing. */
function flaps({ hunks }: Change): boolean {
  const kind = actionKind(hunks);
  return kind === "restart" || kind === "scale" || kind === "suspend" || kind === "flag";
}

async function opposite(change: Change, earlier: EarlierChanges, between: Between): Promise<MinedCommit | undefined> {
  for (const other of earlier.opposites(change).filter(within(change.commit)).slice(0, comparisons)) {
    if ((await inverse(change, other, between)) === "whole") return other.commit;
  }
  return undefined;
}

interface Known {
  readonly earlier: EarlierChanges;
  readonly between: Between;
  readonly patches: MineHistoryInput["patches"];
}

async function namedRollback(
  commit: MinedCommit,
  change: Change | undefined,
  message: UndoingMessage,
  { earlier, between, patches }: Known,
): Promise<Finding> {
  if (message.forward) return "put-forward-again";
  if (change === undefined) return touchesLittle(commit) ? "too-large" : "not-configuration";
  const said = [
    ...message.commits.map((id) => earlier.named(id)),
    ...message.subjects.map((subject) => earlier.titled(subject, commit)),
  ].filter((other) => other !== undefined && other.id !== commit.id && other.committedAt <= commit.committedAt);
  const recent = said.filter((other) => other !== undefined && within(commit)({ commit: other }));
  for (const culprit of new Set(recent)) {
    if (culprit === undefined) continue;
    const hunks = (await patches([culprit.id])).get(culprit.id)?.hunks ?? [];
    const extent = await inverse(change, { commit: culprit, hunks }, between);
    if (extent !== undefined) return { commit, culprit, named: true, extent, hunks: change.hunks };
  }
  const culprit = await opposite(change, earlier, between);
  if (culprit !== undefined) return { commit, culprit, named: true, extent: "whole", hunks: change.hunks };
  if (recent.length > 0) return "not-an-inverse";
  return said.length > 0 ? "too-old" : "undone-unknown";
}

function within(commit: MinedCommit): (other: { readonly commit: MinedCommit }) => boolean {
  return (other) => commit.committedAt - other.commit.committedAt <= undoneWithinMs;
}
