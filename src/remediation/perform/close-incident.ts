import type { Reason } from "../../reason.ts";
import { carryOver } from "../carry-over.ts";
import { closingSummary } from "../prose/closing-summary.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import { formatLedgerTask, ledgerQueue } from "../recording/ledger-task.ts";
import type { IncidentOutcome } from "../response.ts";
import type { Session } from "../session.ts";
import { peoplesAnswer } from "../shadow/peoples-answer.ts";
import { someView } from "./need-view.ts";

/** Closes the incident. Where people were told of it, they are told how it ended; otherwise nothing is written. */
export async function closeIncident(
  session: Session,
  outcome: IncidentOutcome,
  reasons: readonly Reason[],
): Promise<void> {
  const { incident, response, current } = session;
  const closed = { at: session.now(), outcome, reasons };
  const ended = { ...response, closed };
  if (response.issueNumber !== undefined) {
    const view = await someView(session);
    await session.forge.writeIssue(view, {
      issueNumber: response.issueNumber,
      title: issueTitle(incident, response),
      body: issueBody({ incident, response: ended, remediation: current }),
      comment: closingSummary({ incident, response: ended, answer: await peoplesAnswer(session) }),
      close: outcome === "recovered" ? "completed" : "not-planned",
      pullComment: undefined,
    });
  }
  await carryOver(session);
  await session.close(closed);
  const { store, clock, ledger } = session.parts;
  if (ledger !== undefined) await store.queue.add(formatLedgerTask(incident.repository), clock.now(), ledgerQueue);
}
