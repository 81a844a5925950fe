import { minimumTier } from "../../authority/minimum-tier.ts";
import { RemitError } from "../../errors.ts";
import type { MergeRequest, MergesLater, PullView, RepositoryView } from "../forge.ts";
import { commitMessage } from "../prose/commit-message.ts";
import { announceMerge } from "../recording/announce-merge.ts";
import type { Remediation } from "../response.ts";
import type { Session } from "../session.ts";
import { currentRemediation, freshView, isFresh } from "./need-view.ts";
import { read } from "./read.ts";

/** The request isn't waited for any longer than until the view is as old as this, wherever it is held up. */
const goodForMs = 45_000;

/** Merges exactly the head that was judged. Everything but "merged" leads to another look. */
export async function merge(session: Session): Promise<void> {
  if (!isFresh(session)) return read(session);
  if (!(await isAnnounced(session, "remit"))) return;
  const { view, pull, request } = mergeRequest(session);
  const result = await session.forge.merge(view, request);
  switch (result.outcome) {
    case "merged":
      await session.saveCurrent(
        { merged: { at: session.now(), commit: result.commit } },
        "merged",
        `merged #${pull.number} as ${result.commit.slice(0, 12)}`,
      );
      return session.reader.mirror.fetch();
    case "head-moved":
      return read(session);
    case "not-ready":
      // Not ready is no failure; the worker comes back later.
      session.saw({ ...view, pull: { ...pull, mergeState: "blocked" } }, session.viewedAt);
      session.parts.log.info({ incident: session.incident.id }, `not ready to merge: ${result.why}`);
      return;
    case "unknown":
      throw new RemitError("github-unavailable", "GitHub didn't say whether the merge happened; looking again later");
  }
}

/** False: not now. Where GitHub refuses the record, it waits as for any rule of GitHub's, and a person is called in the end. */
export async function isAnnounced(session: Session, via: "remit" | MergesLater): Promise<boolean> {
  const view = freshView(session);
  const { pull } = view;
  if (pull === undefined) return true;
  const announced = await announceMerge(session, pull, via);
  if (announced === "refused") {
    session.saw({ ...view, pull: { ...pull, mergeState: "blocked", handOverRefused: true } }, session.viewedAt);
    return false;
  }
  // It may have taken its time.
  if (announced === "stands" && isFresh(session)) return true;
  await read(session);
  return false;
}

/** Exactly the head that was judged, with the message that records what was decided. */
export function mergeRequest(session: Session): {
  readonly view: RepositoryView;
  readonly pull: PullView;
  readonly request: MergeRequest;
} {
  const view = freshView(session);
  const { pull } = view;
  if (pull === undefined) throw new RemitError("internal", "there is no pull request to merge");
  const remediation = asJudged(session, currentRemediation(session));
  const { headline, message } = commitMessage({ incident: session.incident, remediation });
  const request = {
    pullNumber: pull.number,
    pullId: pull.id,
    head: pull.head,
    headline: `${headline} (#${pull.number})`,
    message,
    withinMs: session.viewedAt + goodForMs - session.now(),
  };
  return { view, pull, request };
}

/** What git is told is what the merge rests on: the policy as it is now, which may be another than the plan's. */
function asJudged({ assessment }: Session, current: Remediation): Remediation {
  if (assessment === undefined) throw new RemitError("internal", "a merge was decided without an assessment");
  const { policy, tier } = assessment.verdict;
  return { ...current, verdict: { ...current.verdict, policy, tier: minimumTier([current.verdict.tier, tier]) } };
}
