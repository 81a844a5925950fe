import { undo as undoCandidate } from "../../actions/undo.ts";
import { changesPerRepository } from "../../authority/defaults.ts";
import type { Reason } from "../../reason.ts";
import { branchName } from "../branch-name.ts";
import { countStorm } from "../count-storm.ts";
import { judge } from "../judge.ts";
import { newRemediation } from "../new-remediation.ts";
import { basisOf, notedPast } from "../recording/basis.ts";
import { renderCandidate } from "../rendering/render-candidate.ts";
import type { Session } from "../session.ts";
import { stormAt } from "../storm-at.ts";
import { visibleStop } from "../visible-stop.ts";
import { pullsOfOthers, withOpenPulls } from "../with-open-pulls.ts";
import { currentRemediation, freshView } from "./need-view.ts";
import { identity } from "./plan.ts";
import { readWithoutBranch } from "./read.ts";

/** Plans the inverse of the fix that didn't help. It takes the same path as any change: policy, gate, pull request. */
export async function undo(session: Session): Promise<void> {
  if (session.view?.openBranches === undefined) return readWithoutBranch(session);
  const view = freshView(session);
  const fix = currentRemediation(session);
  const now = session.now();
  const files = await session.reader.texts(
    view.head,
    fix.candidate.files.map((file) => file.path),
  );
  const inverse = undoCandidate(fix.candidate, files, fix.merged?.commit);
  const result =
    inverse.outcome === "refused" ? inverse : await renderCandidate(session.reader, view.head, inverse.candidate);
  if (result.outcome === "refused") return giveUp(session, result.reasons);
  const { candidate } = result;
  const storm = withOpenPulls(await countStorm(session), view.openBranches, candidate.target);
  const { reader, parts } = session;
  const noted = notedPast(parts.elsewhere);
  const facts = {
    reader,
    now,
    kind: "undo",
    storm,
    attempts: session.response.remediations.length,
    stop: visibleStop(view, parts.stopEnvironment()),
  } as const;
  const { verdict, records } = await judge({
    ...facts,
    revision: view.head,
    candidate,
    storm: await stormAt(reader, view.head, storm),
    incident: session.incident,
    elsewhere: noted.past,
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
    baseBranch: view.defaultBranch,
    branch: branchName({ action: "undo", target: candidate.target, digest: identity(candidate.digest, records) }),
    decidedAt: now,
    basis: basisOf("undo", facts, noted),
  });
  const remediations = [...session.response.remediations, remediation];
  session.view = undefined;
  await session.save({ remediations }, "undoing", `decided to ${candidate.title}, tier ${verdict.tier}`, {
    guard: { place: { changesPerRepository, open: pullsOfOthers(view.openBranches, candidate.target) } },
  });
}

/** The person who was called knows; the fix counts as handed over. */
async function giveUp(session: Session, reasons: readonly Reason[]): Promise<void> {
  const reason: Reason = { code: "recovery-unknown", message: `not undone: ${reasons[0]?.message ?? "refused"}` };
  const ended = { at: session.now(), outcome: "unknown" as const, reason };
  await session.save({ asked: { ...session.response.asked, undo: undefined } });
  return session.saveCurrent({ ended }, "ended", reason.message);
}
