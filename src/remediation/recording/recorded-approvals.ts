/** On whose approvals a merge rests, as the ledger tells it. */
import type { Verdict } from "../../authority/verdict.ts";
import type { RecordedApproval } from "../../ledger/ledger-record.ts";
import { validApprovals, withApprovals } from "../approvals.ts";
import type { PullView } from "../forge.ts";
import type { Response } from "../response.ts";
import type { Permission } from "../situation.ts";

export interface ApprovalFacts {
  readonly pull: PullView;
  readonly response: Response;
  readonly permissions: ReadonlyMap<string, Permission>;
  readonly verdict: Verdict;
  readonly now: number;
}

/** None where the tier asks for none. */
export function recordedApprovals(facts: ApprovalFacts): readonly RecordedApproval[] {
  const { response, permissions, verdict, now } = facts;
  if (verdict.tier !== "propose") return [];
  const pull = withApprovals(facts.pull, response.asked?.approvals);
  const { approvers } = validApprovals(pull, permissions, verdict.approvals, now);
  return approvers.flatMap((login) => {
    const review = pull.reviews.findLast(({ author, state }) => author === login && state === "approved");
    if (review?.commit === undefined || review.submittedAt === undefined) return [];
    const at = new Date(review.submittedAt).toISOString();
    return [{ login, permission: permissions.get(login) ?? "none", commit: review.commit, at }];
  });
}
