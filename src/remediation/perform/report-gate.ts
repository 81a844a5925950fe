import { RemitError } from "../../errors.ts";
import { gateName } from "../is-our-gate.ts";
import { gateSummary } from "../prose/gate-summary.ts";
import { issueBody } from "../prose/issue-body.ts";
import { pullBody } from "../prose/pull-body.ts";
import type { Session } from "../session.ts";
import { currentRemediation, freshView } from "./need-view.ts";

/** Reports `remit/gate` on the head, and links pull request and issue to each other, in one request. */
export async function reportGate(session: Session): Promise<void> {
  const view = freshView(session);
  const current = currentRemediation(session);
  const { incident, response, assessment } = session;
  const { pull } = view;
  if (pull === undefined || assessment?.gate === undefined)
    throw new RemitError("internal", "nothing to report a gate on");
  const { gate, verdict } = assessment;
  const issueNumber = view.issue?.number ?? response.issueNumber;
  await session.forge.reportGate(view, {
    pullId: pull.id,
    head: pull.head,
    conclusion: gate.conclusion,
    title: gate.title,
    summary: gateSummary({ gate, verdict, remediation: current }),
    pullBody: pullBody({ incident, response, remediation: current, issueNumber }),
    issue: view.issue && {
      id: view.issue.id,
      body: issueBody({ incident, response, remediation: current, pullNumber: pull.number }),
    },
  });
  const state = gate.conclusion === "success" ? ("success" as const) : ("failure" as const);
  const checks = [...pull.checks, { name: gateName, state, required: true, ours: true }];
  session.saw({ ...view, pull: { ...pull, checks } }, session.viewedAt);
  await session.save({}, "gate", `${gateName}: ${gate.title}`);
}
