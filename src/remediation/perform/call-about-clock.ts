import { clockReason } from "../clock-reason.ts";
import { clockCall } from "../prose/clock-call.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { freshView } from "./need-view.ts";

/** Calls a person to set this machine's clock, once per incident; what the incident itself needs a person for is said apart. */
export async function callAboutClock(
  session: Session,
  { wrong, since }: Extract<Step, { do: "call-about-clock" }>,
): Promise<void> {
  const view = freshView(session);
  const { incident, response, current } = session;
  const { issueNumber } = await session.forge.writeIssue(view, {
    issueNumber: response.issueNumber,
    title: issueTitle(incident),
    body: issueBody({ incident, response, remediation: current }),
    comment: clockCall({ incident, response, wrong, since }),
    close: undefined,
    pullComment: undefined,
  });
  const clock = { wrongSince: since, calledAt: wrong.at };
  await session.save({ issueNumber, clock }, "called", `called a person: ${clockReason(wrong).message}`);
}
