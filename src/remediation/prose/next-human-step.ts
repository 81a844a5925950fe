import type { Reason, ReasonCode } from "../../reason.ts";
import type { Remediation, Response } from "../response.ts";

/** The likeliest next step for the person who takes over, in a sentence or two. */
export function nextHumanStep(response: Response, reasons: readonly Reason[]): string {
  const current = response.remediations.at(-1);
  for (const { code } of reasons) {
    const step = byCode[code]?.(current);
    if (step !== undefined) return step;
  }
  return "Look at the service yourself, starting with the suspects below.";
}

type Advice = (current: Remediation | undefined) => string;

const byCode: Readonly<Partial<Record<ReasonCode, Advice>>> = {
  "approval-missing": (current) => `Review ${pull(current)}. Approve it, or close it and act yourself.`,
  "checks-failed": (current) =>
    `Look at the failed check of ${pull(current)}. Make it green, or close the pull request and act yourself.`,
  "checks-pending": (current) =>
    `Look at why the checks of ${pull(current)} don't finish. Merge it yourself if you are sure.`,
  "merge-blocked": (current) => `Look at what blocks ${pull(current)}. Merge it yourself if you are sure.`,
  "diff-differs": (current) => `Somebody changed ${pull(current)}. Judge it as your own change, or close it.`,
  "foreign-commit": (current) =>
    `Somebody else committed to ${pull(current)}, so it is yours now: finish and merge it, or close it.`,
  "closed-by-person": () => "Somebody closed the pull request, so Remit leaves it at that. Look at the suspects below.",
  "merge-differs": (current) =>
    `Look at ${commit(current)}: it changes something else than Remit decided. Keep it, or revert it.`,
  undelivered: (current) =>
    `The change is merged as ${commit(current)}, but nothing says that it was applied. Look at the controller: is it suspended, in a sync window, failing, or still trying an older revision? Argo CD takes no newer one before \`argocd app terminate-op\`.`,
  "delivery-failed": (current) =>
    `The controller failed to apply ${commit(current)}. Look at its error. Argo CD doesn't try the same revision again by itself: sync it once that is mended.`,
  "still-failing": (current) =>
    `The change was applied as ${commit(current)} and didn't help, so the cause is probably another. Look beyond the first suspect.`,
  "recovery-unknown": () => "Check by hand whether the service works: Remit can't tell from what it is sent.",
  "head-moved": () => "The files changed meanwhile. Look at the newest commits on the default branch.",
  "value-drifted": () => "Somebody has changed the value since. Ask them, or look at the newest commits.",
  "several-suspects": () => "Several changes could be the cause. Choose among the suspects below, and revert one.",
  "no-recent-change": () => "No change in git explains this. Look outside git: traffic, dependencies, the platform.",
  "leak-suspected": () =>
    "It was given more memory, and that ran out, too. Look for what grows without an end, and since which version; still more memory only buys time.",
  "touches-migration": () =>
    "The suspect also changed a database migration. Decide with its authors whether going back is safe.",
  "no-healthy-value": () => "Remit knows no value that was healthy. Choose one yourself.",
  "attempts-exhausted": () => "Remit has tried what it may. Look at what was tried, below.",
  "correlated-failure": () =>
    "Many services are sick at once, so look for what they have in common first: the cluster, the network, a shared dependency.",
  "pulls-full": () =>
    "Remit has as many changes under way as it may. Review those that are open; this one is planned again once one is over.",
  cooldown: () => "Remit acted on this target a short while ago and may not again. Look at what was tried, below.",
};

function pull(current: Remediation | undefined): string {
  return current?.pullNumber === undefined ? "the pull request" : `#${current.pullNumber}`;
}

function commit(current: Remediation | undefined): string {
  return current?.merged === undefined ? "the merge commit" : current.merged.commit.slice(0, 12);
}
