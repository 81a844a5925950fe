import { issueBody, issueTitle } from "../prose/issue-body.ts";
import type { Session } from "../session.ts";
import { freshView } from "./need-view.ts";

/** Tells people, in the incident's issue, what Remit would do or why it abstains. */
export async function suggest(session: Session): Promise<void> {
  const view = freshView(session);
  const { incident, response } = session;
  const { issueNumber } = await session.forge.writeIssue(view, {
    issueNumber: response.issueNumber,
    title: issueTitle(incident),
    body: issueBody({ incident, response, remediation: undefined }),
    comment: undefined,
    close: undefined,
    pullComment: undefined,
  });
  await session.save({ issueNumber, toldAt: response.plan?.at }, "suggested", `wrote issue #${issueNumber}`);
}
