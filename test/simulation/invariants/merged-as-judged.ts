/** I6: what is merged is exactly the head that was judged, and exactly what was decided. */

import type { Candidate } from "../../../src/actions/candidate.ts";
import { gateName } from "../../../src/remediation/is-our-gate.ts";
import { changedPaths, isOurs } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

export const mergedAsJudged: Invariant = (simulation) => {
  const { github, watch } = simulation;
  const decided = new Map<string, Candidate>();
  simulation.onSaved((_process, { response }) => {
    for (const { branch, candidate } of response.remediations) decided.set(branch, candidate);
  });
  watch.onAsked(({ merged }) => {
    if (merged === undefined) return;
    const { pull, head, base, commit } = merged;
    const fail = (what: string) => simulation.fail("I6", `#${pull.number}: ${what}`);
    const seen = merged.look?.heads.get(pull.number);
    if (seen !== head) fail(`merged ${head.slice(0, 8)}, and looked at ${seen?.slice(0, 8)}`);
    const main = github.git.objects.ancestors(base);
    for (const oid of github.git.objects.ancestors(head)) {
      if (!main.has(oid) && !isOurs(github, oid)) fail(`merged somebody else's commit ${oid.slice(0, 8)}`);
    }
    const gates = github.world.checkRuns.filter(
      ({ name, suite }) => name === gateName && suite.head === head && suite.app === github.world.remit,
    );
    if (gates.at(-1)?.conclusion !== "success") fail(`merged without a gate on ${head.slice(0, 8)}`);
    const candidate = decided.get(pull.headRef);
    if (candidate === undefined) return fail("merged what nobody decided");
    const paths = candidate.files.map(({ path }) => path).sort();
    for (const { path, after } of candidate.files) {
      if (github.text(head, path) !== after) fail(`${path} isn't what was decided`);
    }
    const changed = changedPaths(github, base, commit);
    // Where somebody made the same change since, the merge leaves it as it is.
    const made = candidate.files.filter(({ path, after }) => github.text(base, path) === after).map(({ path }) => path);
    if ([...changed, ...made].sort().join() !== paths.join()) fail(`the merge changes ${changed.join(", ")}`);
    for (const { path, after } of candidate.files) {
      if (made.includes(path) && github.text(commit, path) !== after) fail(`the merge takes ${path} back`);
    }
  });
  return undefined;
};
