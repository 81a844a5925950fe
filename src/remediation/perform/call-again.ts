import { calling } from "../calling.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import { secondCall } from "../prose/second-call.ts";
import type { Session } from "../session.ts";
import { freshView } from "./need-view.ts";

/** Calls whom the runbook names for that: nobody reacted to the calls before. */
export async function callAgain(session: Session): Promise<void> {
  const view = freshView(session);
  const { incident, response, current } = session;
  const { escalated } = response;
  const { again } = calling(response);
  if (escalated === undefined || again === undefined) return;
  const times = (escalated.again?.times ?? 0) + 1;
  await session.forge.writeIssue(view, {
    issueNumber: response.issueNumber,
    title: issueTitle(incident),
    body: issueBody({ incident, response, remediation: current }),
    comment: secondCall({ incident, response, escalated, again, times, now: session.now() }),
    close: undefined,
    pullComment: undefined,
  });
  const change = { escalated: { ...escalated, again: { times, at: session.now() } } };
  await session.save(change, "escalated", `called once more: nobody reacted (${times} of ${again.times})`);
}
