import type { Reason } from "../../reason.ts";
import { isAnswer, withdrawalComment } from "../prose/withdrawal-comment.ts";
import type { Session } from "../session.ts";
import { currentRemediation, freshView } from "./need-view.ts";

/** Closes our pull request with a note; the branch goes too, if it is still only ours. */
export async function withdraw(session: Session, reason: Reason): Promise<void> {
  const view = freshView(session);
  const current = currentRemediation(session);
  if (view.pull?.state === "open") {
    await session.saveCurrent({ withdrawing: reason });
    const deleteBranch = view.branchHead !== undefined && view.branchHead === current.commit;
    const comment = withdrawalComment({ incident: session.incident, reason });
    await session.forge.closePull(view, { pullId: view.pull.id, comment, deleteBranch });
  }
  const outcome = isAnswer(reason) ? ("rejected" as const) : ("withdrawn" as const);
  await session.saveCurrent(
    { ended: { at: session.now(), outcome, reason } },
    "withdrawn",
    `withdrew the change: ${reason.message}`,
  );
}
