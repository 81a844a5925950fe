import { calling } from "../calling.ts";
import { secondCall } from "../prose/second-call.ts";
import type { Session } from "../session.ts";
import { freshView } from "./need-view.ts";
import { tellIssue } from "./tell-issue.ts";

/** Calls whom the runbook names for that: nobody reacted to the calls before. */
export async function callAgain(session: Session): Promise<void> {
  const view = freshView(session);
  const { incident, response } = session;
  const { escalated } = response;
  const { again } = calling(response);
  if (escalated === undefined || again === undefined) return;
  const times = (escalated.again?.times ?? 0) + 1;
  await tellIssue(session, view, secondCall({ incident, response, escalated, again, times, now: session.now() }));
  const change = { escalated: { ...escalated, again: { times, at: session.now() } } };
  await session.save(change, "escalated", `called once more: nobody reacted (${times} of ${again.times})`);
}
