import type { Storm } from "../authority/storm.ts";
import { type Target, targetSlug } from "../target.ts";
import { parseBranchName } from "./branch-name.ts";
import { onboardingBranch } from "./onboarding/onboarding.ts";

type Counted = Omit<Storm, "knownServices"> | "unreadable";

/** Is a change of this target open on GitHub, whatever the store knows of it? */
export function hasOpenPull(openBranches: readonly string[] = [], target: Target): boolean {
  return openBranches.some((branch) => parseBranchName(branch)?.slug === targetSlug(target));
}

/** What the store forgot, or counts no more since a person took it over, is still open on GitHub for people to read. */
export function withOpenPulls(storm: Counted, openBranches: readonly string[] = [], target: Target): Counted {
  if (storm === "unreadable") return storm;
  const others = openBranches.filter(
    (branch) => branch !== onboardingBranch && parseBranchName(branch)?.slug !== targetSlug(target),
  );
  return { ...storm, changesUnderWay: Math.max(storm.changesUnderWay, others.length) };
}
