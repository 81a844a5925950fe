import type { Verdict } from "../../authority/verdict.ts";
import { formatDuration } from "./format-duration.ts";

/** What happens to the pull request if nobody touches it. */
export function tierMeaning(verdict: Verdict): string {
  switch (verdict.tier) {
    case "merge":
      return "Remit merges this by itself, once every required check is green. Close it, or request changes, to keep that from happening.";
    case "delay":
      return (
        `Remit merges this by itself ${formatDuration(verdict.vetoWindowMs)} after it was opened, ` +
        "once every required check is green. Close it, or request changes, to object."
      );
    case "propose":
      return `${approvalsNeeded(verdict)} Until then nothing is merged, and the service stays as it is.`;
    default:
      return "Nothing is merged. The service stays as it is until a person acts.";
  }
}

/** `Remit merges this after 1 approving review …`. */
function approvalsNeeded({ approvals }: Verdict): string {
  const count = Math.max(1, approvals.count);
  const reviews = count === 1 ? "1 approving review" : `${count} approving reviews`;
  return (
    `Remit merges this after ${reviews} of exactly this commit by people with ${approvals.permission} permission, at most ` +
    `${formatDuration(approvals.maxAgeMs)} old. Whoever wrote the suspected change can't approve alone.`
  );
}
