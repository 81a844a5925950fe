/** GitHub's own merges: some seconds after its rules are met, whoever armed or queued the pull request. And the checks of a queue's group. */
import { runAutoMerges } from "../../src/sandbox/github/acts/auto-merge.ts";
import { runMergeQueue } from "../../src/sandbox/github/acts/merge-queue.ts";
import { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

const second = 1000;

/** How often a group's check fails that is green on the pull request. */
const redGroups = 0.2;

export function letGitHubMerge(simulation: Simulation): void {
  const { scenario, github, agenda, time, custody } = simulation;
  const { world } = github;
  if (scenario.merging === undefined || scenario.merging === "remit") return;
  world.rules.mergeQueue = scenario.merging === "merge queue";
  const random = new Random(`GitHub merges ${scenario.seed}`);
  let isNoted = false;
  const merge = async () => {
    await simulation.worstMoment({ phase: "before", effect: "GitHub merges" });
    // Nothing is merged in what is archived.
    if (!world.archived)
      await custody.ends(() =>
        world.exclusively(async () => {
          await runAutoMerges(world);
          await runMergeQueue(world);
        }),
      );
    isNoted = false;
  };
  world.afterTurn = async () => {
    if (isNoted || !world.pulls.some(({ autoMerge, queued }) => autoMerge ?? queued)) return;
    isNoted = true;
    agenda.note(time.now() + random.pick([1, 2, 8, 40]) * second, "GitHub merges", merge);
  };
  world.onEvent(({ name, action, payload }) => {
    if (name !== "merge_group" || action !== "checks_requested" || scenario.otherCheck === "none") return;
    const group = payload.merge_group;
    const head = typeof group === "object" && group !== null && "head_sha" in group ? String(group.head_sha) : "";
    const conclusion = random.chance(redGroups) ? "failure" : "success";
    agenda.note(
      time.now() + checkMs(simulation),
      "ci",
      async () => void (await github.reportCheck("ci/validate", head, conclusion)),
    );
  });
}

/** How long the other check takes. */
export function checkMs({ scenario: { checkMinutes } }: Simulation): number {
  return checkMinutes === undefined ? 40 * second : checkMinutes * 60 * second;
}
