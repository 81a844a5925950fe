import type { Proposed, PullView, RepositoryView } from "../forge.ts";
import { commitMessage } from "../prose/commit-message.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import { pullBody } from "../prose/pull-body.ts";
import type { Carried, LedgerAppend } from "../recording/ledger.ts";
import type { Session } from "../session.ts";
import { currentRemediation, freshView } from "./need-view.ts";
import { proposedMessage } from "./read.ts";

/** Creates what is missing of issue, branch, commit and pull request, in one request. */
export async function propose(session: Session): Promise<void> {
  const view = freshView(session);
  const current = currentRemediation(session);
  const { incident, response } = session;
  const { headline, message } = commitMessage({ incident, remediation: current });
  const pullTitle = headline;
  const proposal = {
    branch: current.branch,
    base: current.base,
    headline,
    message,
    files: current.candidate.files.flatMap(({ path, after }) => (after === undefined ? [] : [{ path, text: after }])),
    deletions: current.candidate.files.filter(({ after }) => after === undefined).map(({ path }) => path),
    pullTitle,
    pullBody: pullBody({ incident, response, remediation: current, issueNumber: view.issue?.number }),
    issueTitle: issueTitle(incident, response),
    issueBody: issueBody({ incident, response, remediation: current }),
  };
  const proposed = await carried(session, async (ledger) => {
    const value = await session.forge.propose(view, ledger === undefined ? proposal : { ...proposal, ledger });
    return { value, appended: value.ledgerCommit };
  });
  session.saw(afterProposal(view, proposed, session.now()), session.viewedAt);
  session.assessment = undefined;
  await session.save({ issueNumber: proposed.issueNumber });
  await session.saveCurrent(
    { commit: proposed.commit, pullNumber: proposed.pullNumber },
    "proposed",
    proposedMessage(proposed.pullNumber),
  );
}

/** The intent was saved with the plan, and goes ahead of the change in the same request. */
function carried(session: Session, send: (ledger: LedgerAppend | undefined) => Promise<Carried<Proposed>>) {
  const { ledger } = session.parts;
  if (ledger !== undefined) return ledger.carry(session.incident.repository, send);
  return send(undefined).then(({ value }) => value);
}

/** What GitHub would say now. Whether it can be merged, GitHub has yet to work out. */
function afterProposal(
  view: RepositoryView,
  proposed: {
    commit: string;
    pullId: string;
    pullNumber: number;
    pullUrl: string;
    issueNumber: number;
    issueId: string;
    issueUrl: string;
  },
  now: number,
): RepositoryView {
  const pull: PullView = {
    id: proposed.pullId,
    number: proposed.pullNumber,
    url: proposed.pullUrl,
    state: "open",
    head: proposed.commit,
    body: "",
    createdAt: now,
    mergeState: "unknown",
    mergeCommit: undefined,
    mergedAt: undefined,
    checks: [],
    commits: [{ id: proposed.commit, byUs: true }],
    reviews: [],
  };
  const issue = { id: proposed.issueId, number: proposed.issueNumber, url: proposed.issueUrl, open: true, body: "" };
  return { ...view, branchHead: proposed.commit, pull, issue: view.issue ?? issue };
}
