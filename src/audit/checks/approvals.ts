import type { Instant } from "../../clock.ts";
import type { RecordedApproval } from "../../ledger/ledger-record.ts";
import { atLeast, permissionNamed } from "../../remediation/permission.ts";
import type { Check } from "../check.ts";
import { commitsOf, notInClone } from "../commits-of.ts";
import { type RecordedMerge, recordedMerges } from "../recorded-merges.ts";
import { otherClockMs } from "../slack.ts";

/** What a person merges is that person's to answer for. */
export const approvals: Check = {
  name: "approvals",
  title:
    "what Remit merged it was allowed to: at once, after the time to object, or by as many approvals as the policy asks for",
  async run(audit, seen) {
    const merges = recordedMerges(audit.ledger).filter(({ byRemit }) => byRemit);
    const commits = await commitsOf(
      audit,
      merges.map(({ commit }) => commit),
    );
    for (const merge of merges) {
      const merged = commits.get(merge.commit);
      if (merged === undefined) seen.skip(notInClone);
      else seen.record(merge.stored, whyNot(merge, merged.committedAt));
    }
  },
};

function whyNot(merge: RecordedMerge, mergedAt: Instant): string | undefined {
  const tier = merge.decision?.tier;
  if (tier === undefined) return "no record says what allowed it";
  if (tier === "merge") return undefined;
  if (tier === "delay") return tooSoon(merge, mergedAt);
  if (tier !== "propose") return `it was decided at tier ${tier}, which allows no merge`;
  return tooFew(merge, mergedAt);
}

/** Counted from before the pull request was opened, since nothing tells when exactly that was. */
function tooSoon({ intents: [first], decision }: RecordedMerge, mergedAt: Instant): string | undefined {
  const windowMs = decision?.vetoWindowMs ?? 0;
  const waited = first === undefined ? 0 : mergedAt - Date.parse(first.record.time);
  return waited + otherClockMs >= windowMs
    ? undefined
    : `people could object for ${Math.round(waited / 1000)} s, and the policy gives them ${windowMs / 1000} s`;
}

function tooFew({ stored, announced, decision }: RecordedMerge, mergedAt: Instant): string | undefined {
  const result = { ...announced?.record.result, ...stored.record.result };
  const { approvals: given = [], head } = result;
  const { count, permission, maxAgeMs } = decision?.approvals ?? { count: 1, permission: "write", maxAgeMs: 0 };
  const needed = Math.max(1, count);
  const valid = given.filter(
    (approval) => approval.commit === head && mayApprove(approval, permission) && isFresh(approval, mergedAt, maxAgeMs),
  );
  const people = new Set(valid.map(({ login }) => login.toLowerCase()));
  return people.size >= needed
    ? undefined
    : `it needs approvals of exactly that head, with permission ${permission} and not too old, by ${needed}, and has such by ${people.size} (${given.length} are recorded)`;
}

function mayApprove({ permission }: RecordedApproval, least: string): boolean {
  const [has, asked] = [permissionNamed(permission), permissionNamed(least)];
  return has !== undefined && asked !== undefined && atLeast(has, asked);
}

function isFresh({ at }: RecordedApproval, mergedAt: Instant, maxAgeMs: number): boolean {
  const age = mergedAt - Date.parse(at);
  return age >= -otherClockMs && age <= maxAgeMs + otherClockMs;
}
