import type { Reason } from "../../reason.ts";
import { handoff } from "../prose/handoff.ts";
import type { Session } from "../session.ts";
import { someView } from "./need-view.ts";
import { tellIssue } from "./tell-issue.ts";

/** Calls a person, once per incident, with everything that they need to go on. */
export async function escalate(session: Session, reasons: readonly Reason[]): Promise<void> {
  const view = await someView(session);
  const { incident, response } = session;
  const issueNumber = await tellIssue(session, view, handoff({ incident, response, reasons }));
  const escalated = { at: session.now(), reasons };
  const toldAt = response.plan?.at;
  await session.save({ issueNumber, toldAt, escalated }, "escalated", `called a person: ${reasons[0]?.message ?? ""}`);
}
