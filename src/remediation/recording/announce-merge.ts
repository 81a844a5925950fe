/** A merge is announced in the ledger before it is asked for: what is to be merged, by what judgement, on whose approvals. */
import { minimumTier } from "../../authority/minimum-tier.ts";
import { canonicalDigest } from "../../ledger/canonical-json.ts";
import type { RecordedResult } from "../../ledger/ledger-record.ts";
import type { MergesLater, PullView } from "../forge.ts";
import { currentRemediation } from "../perform/need-view.ts";
import type { Session } from "../session.ts";
import { recordedApprovals } from "./recorded-approvals.ts";

/**
 * `stands`: announced, and what it rests on is as it was looked at. `look`: announced just now; a review may have been taken back
 * meanwhile, so it has to be looked at again. `refused`: GitHub takes no record, so nothing is merged.
 */
export type Announced = "stands" | "look" | "refused";

/** The same intent is announced once, however often the merge is tried. */
export async function announceMerge(session: Session, pull: PullView, via: "remit" | MergesLater): Promise<Announced> {
  const { assessment, response, permissions, incident } = session;
  const { ledger } = session.parts;
  if (ledger === undefined || assessment?.basis === undefined) return "stands";
  const { basis, head: base } = assessment;
  const current = currentRemediation(session);
  const tier = minimumTier([current.verdict.tier, assessment.verdict.tier]);
  const verdict = { ...assessment.verdict, tier };
  const approvals = recordedApprovals({ pull, response, permissions, verdict, now: session.now() });
  const more: RecordedResult = { head: pull.head, via, ...(approvals.length === 0 ? {} : { approvals }) };
  const operands = verdict.operands.map(({ name, tier: allowed, reason }) => [name, allowed, reason.code]);
  const digest = canonicalDigest([base, verdict.policy, tier, operands, more]);
  if (current.announced?.digest !== digest)
    await session.note({ announced: { digest, base, basis, verdict } }, { recordAs: "merging", more });
  const flushed = await ledger.flush(incident.repository);
  if (flushed === "refused") return flushed;
  return flushed === "written" && tier === "propose" ? "look" : "stands";
}
