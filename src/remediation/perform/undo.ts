import { undo as undoCandidate } from "../../actions/undo.ts";
import { decide } from "../../authority/decide.ts";
import type { Reason } from "../../reason.ts";
import { branchName } from "../branch-name.ts";
import { countStorm } from "../count-storm.ts";
import { pastRemediations } from "../make-plan.ts";
import { newRemediation } from "../new-remediation.ts";
import type { Session } from "../session.ts";
import { stormAt } from "../storm-at.ts";
import { visibleStop } from "../visible-stop.ts";
import { currentRemediation, freshView } from "./need-view.ts";
import { identity } from "./plan.ts";
import { read } from "./read.ts";

/** Plans the inverse of the fix that didn't help. It takes the same path as any change: policy, gate, pull request. */
export async function undo(session: Session): Promise<void> {
  if (session.view === undefined) return read(session);
  const view = freshView(session);
  const fix = currentRemediation(session);
  const now = session.now();
  const files = await session.reader.texts(
    view.head,
    fix.candidate.files.map((file) => file.path),
  );
  const result = undoCandidate(fix.candidate, files, fix.merged?.commit);
  if (result.outcome === "refused") return giveUp(session, result.reasons);
  const { candidate } = result;
  const records = await pastRemediations(session.reader, view.head, now);
  const stop = visibleStop(view, session.parts.stopEnvironment());
  const verdict = decide({
    candidate,
    authority: await session.reader.authority(view.head),
    records,
    stop: { active: stop !== undefined, reason: stop },
    storm: await stormAt(session.reader, view.head, await countStorm(session)),
    now,
    incident: session.incident,
    attempts: session.response.remediations.length,
    kind: "undo",
  });
  if (verdict.tier === "observe" || verdict.tier === "suggest") {
    return giveUp(
      session,
      verdict.operands.filter((operand) => operand.tier === verdict.tier).map(({ reason }) => reason),
    );
  }
  const remediation = newRemediation({
    kind: "undo",
    candidate,
    verdict,
    base: view.head,
    branch: branchName({ action: "undo", target: candidate.target, digest: identity(candidate.digest, records) }),
    decidedAt: now,
  });
  const remediations = [...session.response.remediations, remediation];
  session.view = undefined;
  await session.save({ remediations }, "undoing", `decided to ${candidate.title}, tier ${verdict.tier}`);
}

/** The person who was called knows; the fix counts as handed over. */
function giveUp(session: Session, reasons: readonly Reason[]): Promise<void> {
  const reason: Reason = { code: "recovery-unknown", message: `not undone: ${reasons[0]?.message ?? "refused"}` };
  const ended = { at: session.now(), outcome: "unknown" as const, reason };
  return session.saveCurrent({ ended }, "ended", reason.message);
}
