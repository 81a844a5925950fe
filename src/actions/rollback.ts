/** Takes a target back to its last healthy state, as the smallest change: all that changed in step, and nothing else. */
import type { Instant } from "../clock.ts";
import type { Diagnosis, HealthRecord, Suspect } from "../diagnosis/diagnosis.ts";
import { type TargetCommit, targetCommits } from "../diagnosis/target-commits.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { CommitShare } from "../gitops/history/share.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";
import type { Barrier } from "./barrier.ts";
import type { ActionResult } from "./candidate.ts";
import { flipFlop } from "./flip-flop.ts";
import { isOurs } from "./is-ours.ts";
import { lastHealthy } from "./last-healthy.ts";
import { pastStates } from "./past-state.ts";
import { refused } from "./refused.ts";
import { restoreCandidate } from "./restore-candidate.ts";

export interface RollbackInput {
  readonly diagnosis: Diagnosis;
  /** The whole known history of the target's fields, newest first. */
  readonly changes: readonly FieldChange[];
  /** Current texts of the target's files. */
  readonly files: ReadonlyMap<string, string>;
  /** Records count by the commit that they name: one that touched the target's files. */
  readonly health: readonly HealthRecord[];
  /** All commits that touched the target's files, newest first. Without them only those count that changed its fields. */
  readonly commits?: readonly Commit[];
  /** What each commit did to the target's own lines. Without it only the values of fields can be restored. */
  readonly shares?: readonly CommitShare[];
  readonly barriers: readonly Barrier[];
  /** A value without a health record counts as healthy if it stood at least this long. */
  readonly stoodMs: number;
  readonly now: Instant;
}

/** Beyond this the choice of the state was a guess, or somebody chose otherwise before, and the confidence says so. */
const confidenceAfterGuess = 0.6;

export function rollback(input: RollbackInput): ActionResult {
  const { diagnosis, health, stoodMs, now } = input;
  const { entry, suspects } = diagnosis;
  const suspect = suspects[0];
  if (suspect === undefined) return refused("no-recent-change", "there is no change to take back");
  const commits = targetCommits(input.changes);
  const newest = newestInStep(commits, suspects, suspect);
  const branch = input.commits?.map(({ id }) => id);
  const states = pastStates(commits, newest, branch);
  const swing = flipFlop(states);
  if (swing.outcome === "refused") return { outcome: "refused", reasons: [swing.reason] };
  const tooNear = states.findIndex(({ undone }) => includes(undone, suspect));
  const asText = input.shares !== undefined;
  const healthy = lastHealthy({ states, tooNear: Math.max(0, tooNear), health, stoodMs, now, asText });
  if (healthy.outcome === "refused") return healthy;
  const { state } = healthy;
  if (state.undone.some(({ commit }) => isOurs(commit)))
    return refused("flip-flop", "Remit itself made a change that would be taken back");
  const since = commits.slice(
    0,
    commits.findIndex(({ commit }) => commit.id === newest),
  );
  if (
    since.some((later) => isOurs(later.commit) && later.changes.some(({ field }) => state.fields.has(fieldKey(field))))
  )
    return refused("flip-flop", "Remit itself has changed the same fields since");

  const guessed = healthy.risks.length > 0 || swing.outcome === "risk";
  return restoreCandidate(
    { ...input, entry },
    {
      state,
      suspect: suspect.commit,
      confidence: Math.min(diagnosis.confidence, guessed ? confidenceAfterGuess : 1),
      risks: [...(swing.outcome === "risk" ? [swing.reason] : []), ...healthy.risks],
      reasons: [...diagnosis.reasons, healthy.reason],
      evidence: diagnosis.evidence,
    },
  );
}

/** Two bad releases in a row: the later one, though less suspected, changed the same fields and goes back with the first. */
function newestInStep(commits: readonly TargetCommit[], suspects: readonly Suspect[], first: Suspect): string {
  const suspected = new Set(suspects.map(({ commit }) => commit));
  const fields = new Set(first.changes.map(({ field }) => fieldKey(field)));
  const newest = commits.find(
    ({ commit, changes }) => suspected.has(commit.id) && changes.some(({ field }) => fields.has(fieldKey(field))),
  );
  return newest?.commit.id ?? first.commit;
}

function includes(commits: readonly TargetCommit[], { commit: id }: Suspect): boolean {
  return commits.some(({ commit }) => commit.id === id);
}
