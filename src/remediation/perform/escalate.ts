import type { Reason } from "../../reason.ts";
import { handoff } from "../prose/handoff.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import type { Session } from "../session.ts";
import { someView } from "./need-view.ts";

/** Calls a person, once per incident, with everything that they need to go on. */
export async function escalate(session: Session, reasons: readonly Reason[]): Promise<void> {
  const view = await someView(session);
  const { incident, response, current } = session;
  const { issueNumber } = await session.forge.writeIssue(view, {
    issueNumber: response.issueNumber,
    title: issueTitle(incident),
    body: issueBody({ incident, response, remediation: current }),
    comment: handoff({ incident, response, reasons }),
    close: undefined,
    pullComment: undefined,
  });
  const escalated = { at: session.now(), reasons };
  const toldAt = response.plan?.at;
  await session.save({ issueNumber, toldAt, escalated }, "escalated", `called a person: ${reasons[0]?.message ?? ""}`);
}
