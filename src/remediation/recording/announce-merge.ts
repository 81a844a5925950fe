/** A merge is announced in the ledger before it is asked for: what is to be merged, by what judgement, on whose approvals. */
import { minimumTier } from "../../authority/minimum-tier.ts";
import { canonicalDigest } from "../../ledger/canonical-json.ts";
import type { RecordedResult } from "../../ledger/ledger-record.ts";
import type { MergesLater, PullView } from "../forge.ts";
import { currentRemediation } from "../perform/need-view.ts";
import type { Session } from "../session.ts";
import { recordedApprovals } from "./recorded-approvals.ts";

/**
 * On the branch when it resolves. The same intent is announced once, however often the merge is tried. False: what the merge rests on
 * may have changed meanwhile, so it has to be looked at again. A review may be taken back at any time; nothing else was asked of people.
 */
export async function announceMerge(session: Session, pull: PullView, via: "remit" | MergesLater): Promise<boolean> {
  const { assessment, response, permissions, incident } = session;
  const { ledger } = session.parts;
  if (ledger === undefined || assessment?.basis === undefined) return true;
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
  const asked = await ledger.flush(incident.repository);
  return !asked || tier !== "propose";
}
