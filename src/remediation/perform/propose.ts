import type { PullView, RepositoryView } from "../forge.ts";
import { commitMessage } from "../prose/commit-message.ts";
import { issueBody, issueTitle } from "../prose/issue-body.ts";
import { pullBody } from "../prose/pull-body.ts";
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
  const proposed = await session.forge.propose(view, {
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
