import { stillApplies } from "../../actions/still-applies.ts";
import { type Gate, gate } from "../../authority/gate.ts";
import type { Storm } from "../../authority/storm.ts";
import type { Verdict } from "../../authority/verdict.ts";
import { RemitError } from "../../errors.ts";
import { countStorm } from "../count-storm.ts";
import { type Judgement, judge } from "../judge.ts";
import { ownMergeAt } from "../own-merge.ts";
import { type Basis, basisOf, notedPast } from "../recording/basis.ts";
import { renderAgain } from "../rendering/render-again.ts";
import type { Remediation } from "../response.ts";
import type { Session } from "../session.ts";
import { stormAt } from "../storm-at.ts";
import { unwritable } from "../unwritable.ts";
import { whyNoLease } from "../why-no-lease.ts";
import { currentRemediation, freshView, isFresh } from "./need-view.ts";
import { read } from "./read.ts";

/** Judges the current remediation again: against the base branch, the policy and the pull request's real diff as they are now. */
export async function assess(session: Session): Promise<void> {
  const view = freshView(session);
  const current = currentRemediation(session);
  // GitHub's time was compared with the clock at the look: limits are counted close to it.
  if (!isFresh(session)) return read(session);
  const { candidate } = current;
  const files = await session.reader.texts(
    view.head,
    candidate.files.map((file) => file.path),
  );
  const unfit =
    stillApplies(candidate, files) ??
    (await unwritable(session.reader, view.head, candidate.files)) ??
    (await whyNoLease(session, view.head, current));
  const again = unfit === undefined ? await renderAgain(session.reader, view.head, candidate, files) : undefined;
  const judged = again?.outcome === "candidate" ? again.candidate : candidate;
  const { verdict, records, basis } = await judgeNow(session, { ...current, candidate: judged }, view.head);
  const isThere = unfit?.code === "already-restored" && view.pull?.state === "open";
  session.assessment = {
    head: view.head,
    obstacle: unfit ?? (again?.outcome === "refused" ? again.reasons[0] : undefined),
    mergedAt: isThere ? await ownMergeAt(session, view.head, current, records) : undefined,
    verdict,
    basis,
    gate: view.pull === undefined ? undefined : await gateOf(session, current, view.pull.head, verdict),
  };
}

/** The stop switch was looked at just before, so it is no operand here. */
async function judgeNow(
  session: Session,
  current: Remediation,
  head: string,
): Promise<Judgement & { readonly basis: Basis }> {
  const { suspects = [] } = session.response.plan ?? {};
  const { reader, incident } = session;
  const noted = notedPast(session.parts.elsewhere);
  const facts = {
    reader,
    now: session.now(),
    kind: current.kind,
    attempts: session.response.remediations.length - 1,
    stop: undefined,
    storm: await stormNow(session),
    lastChangeAt: suspects.find(({ commit }) => commit === current.candidate.suspect)?.committedAt,
  };
  const judged = await judge({
    ...facts,
    revision: head,
    candidate: current.candidate,
    storm: await stormAt(reader, head, facts.storm),
    incident,
    elsewhere: noted.past,
  });
  return { ...judged, basis: basisOf("merge", facts, noted) };
}

/** This change has its place since it was begun, so how many others have one doesn't matter any more. */
async function stormNow(session: Session): Promise<Omit<Storm, "knownServices"> | "unreadable"> {
  const counted = await countStorm(session);
  return counted === "unreadable" ? counted : { sickServices: counted.sickServices, changesUnderWay: 0 };
}

async function gateOf(session: Session, current: Remediation, head: string, verdict: Verdict): Promise<Gate> {
  const { reader } = session;
  await reader.require(head);
  if (!(await reader.mirror.has(head))) throw new RemitError("git-failed", `commit ${head} can't be fetched yet`);
  const changed = await reader.mirror.diff(current.base, head);
  const paths = changed.map((file) => file.path);
  const before = await reader.texts(current.base, paths);
  const after = await reader.texts(head, paths);
  return gate({
    changed: changed.map((file) => ({ ...file, before: before.get(file.path), after: after.get(file.path) })),
    candidate: current.candidate,
    verdict,
    tierAtPlan: current.verdict.tier,
  });
}
