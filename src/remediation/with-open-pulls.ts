import type { Storm } from "../authority/storm.ts";
import type { StormCount } from "../store/store.ts";
import { type Target, targetSlug } from "../target.ts";
import { parseBranchName } from "./branch-name.ts";
import { onboardingBranch } from "./onboarding/onboarding.ts";

type Counted = Omit<Storm, "knownServices"> | "unreadable";

/** Is a change of this target open on GitHub, whatever the store knows of it? */
export function hasOpenPull(openBranches: readonly string[] = [], target: Target): boolean {
  return openBranches.some((branch) => parseBranchName(branch)?.slug === targetSlug(target));
}

/** With what the store forgot, or counts no more since a person took it over: it is still open on GitHub for people to read. */
export function withOpenPulls(
  counted: StormCount | "unreadable",
  openBranches?: readonly string[],
  target?: Target,
): Counted {
  if (counted === "unreadable") return counted;
  const { sickServices, branchesUnderWay } = counted;
  const open = pullsOfOthers(openBranches, target);
  return { sickServices, changesUnderWay: new Set([...branchesUnderWay, ...open]).size };
}

/** Branches of the open pull requests that take a place, but for this target's own. */
export function pullsOfOthers(openBranches: readonly string[] = [], target?: Target): readonly string[] {
  const own = target && targetSlug(target);
  return openBranches.filter((branch) => branch !== onboardingBranch && (parseBranchName(branch)?.slug ?? "") !== own);
}
