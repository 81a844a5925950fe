import type { RepositoryView } from "../forge.ts";
import type { Remediation } from "../response.ts";
import type { Session } from "../session.ts";

/** One request: everything that the next step depends on. The mirror follows, so that the head can be looked into. */
export function read(session: Session): Promise<void> {
  return look(session, session.current);
}

/** Tells which branches of ours have pull requests, and nothing of the current remediation's: for what begins after it. */
export function readWithoutBranch(session: Session): Promise<void> {
  return look(session, undefined);
}

async function look(session: Session, of: Pick<Remediation, "branch" | "baseBranch"> | undefined): Promise<void> {
  const at = session.now();
  const view = await session.forge.read({
    branch: of?.branch,
    baseBranch: of?.baseBranch,
    incidentId: session.incident.id,
    issueNumber: session.response.issueNumber,
    suspect: session.current?.candidate.suspect,
  });
  await session.reader.require(view.head);
  session.assessment = undefined;
  session.saw(view, at);
  await adopt(session, view);
}

/** What was written just before a crash is found again, and remembered as if it had been saved then. */
async function adopt(session: Session, view: RepositoryView): Promise<void> {
  if (session.response.issueNumber === undefined && view.issue !== undefined) {
    await session.save({ issueNumber: view.issue.number });
  }
  const { current } = session;
  const { pull } = view;
  if (current === undefined || current.commit !== undefined || pull === undefined) return;
  if (pull.commits.length !== 1 || !pull.commits.every((commit) => commit.byUs)) return;
  await session.saveCurrent({ commit: pull.head, pullNumber: pull.number }, "proposed", proposedMessage(pull.number));
}

export function proposedMessage(pullNumber: number): string {
  return `opened pull request #${pullNumber}`;
}
