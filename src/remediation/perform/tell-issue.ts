import type { RepositoryView } from "../forge.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import type { Session } from "../session.ts";

/** Brings the incident's issue up to date, and says something below it where there is something to say. Answers its number. */
export async function tellIssue(session: Session, view: RepositoryView, comment: string | undefined): Promise<number> {
  const { incident, response, current } = session;
  const { issueNumber } = await session.forge.writeIssue(view, {
    issueNumber: response.issueNumber,
    title: issueTitle(incident, response),
    body: issueBody({ incident, response, remediation: current }),
    comment,
    close: undefined,
    pullComment: undefined,
  });
  return issueNumber;
}
