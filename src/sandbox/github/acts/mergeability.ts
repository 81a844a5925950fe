/** Whether a pull request can be merged now, in GitHub's words. */
import type { PullRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { checksOn, rollup, verdictOf } from "./checks-on.ts";
import { reviewState } from "./review-state.ts";

export interface Mergeability {
  readonly mergeable: "MERGEABLE" | "CONFLICTING" | "UNKNOWN";
  readonly state: "BEHIND" | "BLOCKED" | "CLEAN" | "DIRTY" | "DRAFT" | "UNKNOWN" | "UNSTABLE";
  /** What a merge would be refused with; undefined when it would go through. */
  readonly refusal: string | undefined;
}

const UNKNOWN: Mergeability = { mergeable: "UNKNOWN", state: "UNKNOWN", refusal: "Pull Request is not mergeable" };

/** As a reader sees it: the first reads after a change may answer UNKNOWN, each taking GitHub closer to an answer. */
export async function readMergeability(world: World, pull: PullRecord): Promise<Mergeability> {
  if (pull.state === "open" && pull.unknownReads > 0) {
    pull.unknownReads -= 1;
    return UNKNOWN;
  }
  return mergeability(world, pull);
}

export async function mergeability(world: World, pull: PullRecord): Promise<Mergeability> {
  const base = await world.git.readRef(`refs/heads/${pull.baseRef}`);
  if (pull.state !== "open" || base === undefined) return UNKNOWN;
  if ((await world.git.mergeTrees(base, pull.head)) === undefined) {
    return { mergeable: "CONFLICTING", state: "DIRTY", refusal: "Pull Request is not mergeable" };
  }
  const mergeable = "MERGEABLE";
  if (pull.draft) return { mergeable, state: "DRAFT", refusal: "Pull Request is still a draft" };
  const missing = missingRequirement(world, pull);
  if (missing !== undefined) return { mergeable, state: "BLOCKED", refusal: missing };
  if (world.rules.strict && isProtected(world, pull) && !(await world.git.isAncestor(base, pull.head))) {
    return { mergeable, state: "BEHIND", refusal: "Head branch is out of date. Review and try the merge again." };
  }
  const checks = rollup(checksOn(world, pull.head));
  const state = checks === undefined || checks === "success" ? "CLEAN" : "UNSTABLE";
  return { mergeable, state, refusal: undefined };
}

function missingRequirement(world: World, pull: PullRecord): string | undefined {
  if (!isProtected(world, pull)) return undefined;
  const checks = checksOn(world, pull.head);
  const verdicts = world.rules.requiredChecks.map((name) => ({ name, verdict: verdictOf(checks, name) }));
  for (const [verdict, word] of [
    ["failure", "failing"],
    ["pending", "in progress"],
    [undefined, "expected"],
  ] as const) {
    const found = verdicts.filter((item) => item.verdict === verdict);
    const [first] = found;
    if (first === undefined) continue;
    if (found.length === 1) return `Required status check "${first.name}" is ${word}.`;
    return `${found.length} of ${verdicts.length} required status checks are ${word}.`;
  }
  const reviews = reviewState(world, pull);
  const required = world.rules.requiredReviews;
  if (required > 0 && (reviews.approvals < required || reviews.changesRequested)) {
    const plural = required === 1 ? "review is" : "reviews are";
    return `At least ${required} approving ${plural} required by reviewers with write access.`;
  }
  return undefined;
}

function isProtected(world: World, pull: PullRecord): boolean {
  return pull.baseRef === world.defaultBranch;
}
