import type { Session } from "../session.ts";
import { freshView } from "./need-view.ts";
import { tellIssue } from "./tell-issue.ts";

/** Tells people, in the incident's issue, what Remit would do or why it abstains. Nothing was begun yet. */
export async function suggest(session: Session): Promise<void> {
  const issueNumber = await tellIssue(session, freshView(session), undefined);
  const toldAt = session.response.plan?.at;
  await session.save({ issueNumber, toldAt }, "suggested", `wrote issue #${issueNumber}`);
}
