/** I5: what Remit is about to write is in the store before it is written, and what came of it is there afterwards. */
import { ledgerRef } from "./announced-first.ts";
import type { Invariant } from "./invariant.ts";

export const intentFirst: Invariant = (simulation) => {
  const { github, watch } = simulation;
  let generation = 0;
  const intended = new Set<string>();
  simulation.onSaved((_process, { response }) => {
    if (generation !== simulation.emptied) intended.clear();
    generation = simulation.emptied;
    for (const { branch } of response.remediations) intended.add(branch);
  });
  watch.onAsked(({ moves, merged, effect }) => {
    const created = moves.filter(
      ({ ref, from }) => from === undefined && ref.startsWith("refs/heads/remit/") && ref !== ledgerRef,
    );
    const branches = [
      ...created.map(({ ref }) => ref.slice("refs/heads/".length)),
      ...(merged ? [merged.pull.headRef] : []),
    ];
    for (const branch of branches) {
      if (!intended.has(branch)) simulation.fail("I5", `${effect}: nothing in the store says that ${branch} is wanted`);
    }
  });
  return async () => {
    const records = await simulation.store.incidents.list(100);
    const remediations = records.flatMap(({ response }) => response.remediations);
    for (const { headRef, merged, number } of github.world.pulls) {
      const wanted = remediations.filter(({ branch }) => branch === headRef);
      if (merged?.by !== github.world.remit.bot || wanted.length === 0) continue;
      if (!wanted.some((remediation) => remediation.merged?.commit === merged.commit)) {
        simulation.fail("I5", `#${number} was merged as ${merged.commit.slice(0, 8)}, and no record says so`);
      }
    }
  };
};
