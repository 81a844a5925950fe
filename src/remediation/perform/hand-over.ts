/** Leaves a merge to GitHub, and takes it back. */
import type { MergesLater } from "../forge.ts";
import type { Session } from "../session.ts";
import { isAnnounced, mergeRequest } from "./merge.ts";
import { freshView, isFresh } from "./need-view.ts";
import { read } from "./read.ts";

const words: Readonly<Record<MergesLater, string>> = {
  queue: "into GitHub's merge queue",
  "auto-merge": "to GitHub's auto-merge",
};

/** Of exactly the head that was judged; what GitHub then merges is compared with what was decided, as any merge is. */
export async function handOver(session: Session, to: MergesLater): Promise<void> {
  if (!isFresh(session)) return read(session);
  if (!(await isAnnounced(session, to))) return;
  const { view, pull, request } = mergeRequest(session);
  const result = await session.forge.handOver(view, { ...request, to });
  if (result.outcome === "handed-over") {
    session.saw({ ...view, pull: { ...pull, handedOver: { to, byUs: true } } }, session.viewedAt);
    const queuedAt = to === "queue" ? session.now() : undefined;
    return session.saveCurrent({ queuedAt }, "handed-over", `gave #${pull.number} ${words[to]}`);
  }
  session.saw({ ...view, pull: { ...pull, handOverRefused: true } }, session.viewedAt);
  session.parts.log.info({ incident: session.incident.id, to }, `not ready to be handed over: ${result.why}`);
}

export async function takeBackMerge(session: Session, from: MergesLater): Promise<void> {
  const view = freshView(session);
  const { pull } = view;
  if (pull === undefined) return;
  await session.forge.takeBackMerge({ pullId: pull.id, from });
  session.saw({ ...view, pull: { ...pull, handedOver: undefined } }, session.viewedAt);
  await session.saveCurrent({ queuedAt: undefined }, "taken-back", `keeps GitHub from merging #${pull.number} for now`);
}
