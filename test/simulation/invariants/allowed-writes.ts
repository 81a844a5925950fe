/** I1: Remit writes only its own branches, and in them only files of the target; main only by merging. The ledger is looked at elsewhere. */
import { ledgerRef } from "./announced-first.ts";
import { changedPaths, isOurs, newCommits, remitCommit } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

const mostFiles = 3;
const denied = /(^|\/)(\.git|CODEOWNERS)/i;

export const allowedWrites: Invariant = (simulation) => {
  const { github, watch } = simulation;
  const known = new Set<string>();
  const fail = (what: string) => simulation.fail("I1", what);
  watch.onAsked(({ effect, moves, merged, process }) => {
    for (const { ref, from, to } of moves) {
      // GitHub's own.
      if (/^refs\/(pull|heads\/gh-readonly-queue)\//.test(ref)) continue;
      if (ref === github.world.defaultRef) {
        if (effect !== "a merge" || merged === undefined) fail(`${process.name} moved main by ${effect}`);
      } else if (!ref.startsWith("refs/heads/remit/")) fail(`${process.name} wrote ${ref}`);
      if (to === undefined) {
        if (from !== undefined && !isOurs(github, from))
          fail(`${process.name} deleted ${ref} with somebody else's commit`);
        continue;
      }
      if (from !== undefined && !github.git.objects.ancestors(to).has(from)) fail(`${process.name} rewrote ${ref}`);
      if (known.size === 0) {
        const before = ref === github.world.defaultRef && from !== undefined ? from : github.mainHead;
        for (const oid of github.git.objects.ancestors(before)) known.add(oid);
      }
      if (ref === ledgerRef) {
        const paths = changedPaths(github, from, to);
        const strange = paths.filter((path) => !/^\d{4}\/\d{2}\/\d{9}\.json$/.test(path));
        if (strange.length > 0) fail(`the ledger holds ${strange.join(", ")}`);
        continue;
      }
      for (const oid of newCommits(github, to, known)) {
        known.add(oid);
        const commit = remitCommit(github, oid);
        if (commit === undefined) continue;
        const paths = changedPaths(github, commit.parent, oid);
        const strange = paths.filter((path) => !path.startsWith(`apps/${commit.service}/`) || denied.test(path));
        if (strange.length > 0) fail(`a change of ${commit.target} writes ${strange.join(", ")}`);
        // Where somebody did the same just before, the merge has nothing left to change.
        const least = ref === github.world.defaultRef ? 0 : 1;
        if (paths.length < least || paths.length > mostFiles)
          fail(`a change of ${commit.target} writes ${paths.length} files`);
      }
    }
  });
  return undefined;
};
