/** P4: people find at most five open pull requests of Remit's, however much fails. */
import type { Invariant } from "./invariant.ts";

const most = 5;

export const fewChanges: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ effect }) => {
    if (effect !== "a proposal") return;
    const { bot } = github.world.remit;
    const open = github.world.pulls.filter(({ author, state }) => author === bot && state === "open");
    if (open.length > most) simulation.fail("P4", `${open.length} pull requests of Remit's are open`);
  });
  return undefined;
};
