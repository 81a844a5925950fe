import { clockReason } from "../clock-reason.ts";
import { clockCall } from "../prose/clock-call.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { freshView } from "./need-view.ts";
import { tellIssue } from "./tell-issue.ts";

/** Calls a person to set this machine's clock, once per incident; what the incident itself needs a person for is said apart. */
export async function callAboutClock(
  session: Session,
  { wrong, since }: Extract<Step, { do: "call-about-clock" }>,
): Promise<void> {
  const view = freshView(session);
  const { incident, response } = session;
  const issueNumber = await tellIssue(session, view, clockCall({ incident, response, wrong, since }));
  const clock = { wrongSince: since, calledAt: wrong.at };
  await session.save({ issueNumber, clock }, "called", `called a person: ${clockReason(wrong).message}`);
}
