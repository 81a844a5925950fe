/**
 * A forge that asks for the lease before each write, so that a worker that was paused for longer than its lease writes
 * nothing that another one may be writing. What slips in between the answer and the write meets GitHub's own guards: the
 * base's and the head's commit ids, and the branch's name.
 */
import type { Forge } from "./forge.ts";
import type { Hold } from "./hold.ts";

export function guardedForge(forge: Forge, hold: Hold | undefined): Forge {
  if (hold === undefined) return forge;
  const guarded =
    <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await hold.renew();
      return write(...args);
    };
  return {
    read: (query) => forge.read(query),
    readThread: (number) => forge.readThread(number),
    permission: (login) => forge.permission(login),
    forgetIssue: (incidentId) => forge.forgetIssue(incidentId),
    ownMessage: (commit) => forge.ownMessage(commit),
    propose: guarded((view, proposal) => forge.propose(view, proposal)),
    reportGate: guarded((view, report) => forge.reportGate(view, report)),
    merge: guarded((view, request) => forge.merge(view, request)),
    handOver: guarded((view, request) => forge.handOver(view, request)),
    takeBackMerge: guarded((pull) => forge.takeBackMerge(pull)),
    writeIssue: guarded((view, update) => forge.writeIssue(view, update)),
    closePull: guarded((view, request) => forge.closePull(view, request)),
    answerComment: guarded((answer) => forge.answerComment(answer)),
    commentOnMerged: guarded((commit, body) => forge.commentOnMerged(commit, body)),
    openStop: guarded((issue) => forge.openStop(issue)),
    closeStop: guarded((issueNumber) => forge.closeStop(issueNumber)),
    get requests() {
      return forge.requests;
    },
  };
}
