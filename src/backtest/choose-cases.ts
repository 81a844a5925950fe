/**
 * Which moments are replayed: rollbacks, those that name what they undo first, quiet moments beside them, and as many of the other
 * actions as there is room for, the newest. Deterministic.
 */
import type { Instant } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { ActionCase, BacktestCase, QuietCase, RollbackCase } from "./backtest-case.ts";
import type { FoundAction, FoundRollback } from "./found-change.ts";
import { undoneWithinMs } from "./mine-history.ts";

export interface ChooseCasesInput {
  /** Newest first, from `undoneWithinMs` before `since` on. */
  readonly commits: readonly MinedCommit[];
  readonly rollbacks: readonly FoundRollback[];
  readonly actions: readonly FoundAction[];
  readonly since: Instant;
  /** All cases together. */
  readonly limit: number;
}

const fewestQuiet = 10;

/** Oldest first, so that neighbours share most of their files. */
export function chooseCases({ commits, rollbacks, actions, since, limit }: ChooseCasesInput): readonly BacktestCase[] {
  const preferred = [...rollbacks.filter(({ named }) => named), ...rollbacks.filter(({ named }) => !named)];
  const quietCount = Math.min(Math.ceil(limit / 4), Math.max(fewestQuiet, Math.ceil(rollbacks.length / 3)));
  const chosen = preferred.slice(0, limit - quietCount);
  const reported = commits.filter(({ committedAt, parents }) => committedAt >= since && parents.length > 0);
  const moments = spread(reported, quietCount);
  const room = Math.max(0, limit - chosen.length - moments.length);
  const cases = [
    ...chosen.map(rollbackCase),
    ...moments.map((commit) => quietCase(commit, commits)),
    ...actions.slice(0, room).map(actionCase),
  ];
  return cases.sort((a, b) => a.at - b.at || (a.before < b.before ? -1 : 1));
}

function rollbackCase(rollback: FoundRollback): RollbackCase {
  const { parents, committedAt } = rollback.commit;
  return { kind: "rollback", before: parents[0] ?? "", at: committedAt, rollback };
}

function actionCase(action: FoundAction): ActionCase {
  const { parents, committedAt } = action.commit;
  return { kind: "action", before: parents[0] ?? "", at: committedAt, action };
}

function quietCase(commit: MinedCommit, commits: readonly MinedCommit[]): QuietCase {
  const earliest = commit.committedAt - undoneWithinMs;
  const from = commits.indexOf(commit);
  const lately = commits
    .slice(from + 1)
    .filter(({ committedAt }) => committedAt >= earliest)
    .flatMap(({ files }) => files.map(({ path }) => path));
  return { kind: "quiet", before: commit.parents[0] ?? "", at: commit.committedAt, touched: new Set(lately) };
}

/** `count` of them, evenly. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, index) => list[Math.floor(((index + 0.5) * list.length) / count)]).filter(
    (item) => item !== undefined,
  );
}
