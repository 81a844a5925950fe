/** Which leases are Remit's own: whoever may push can write trailers, so what ends by itself is asked of GitHub. */
import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import { remediationRecords } from "../ledger/remediation-records.ts";
import type { Forge } from "./forge.ts";

/** GitHub may be late to say what was merged as what; whoever writes trailers mustn't use up its limit of requests. */
const askAgainMs = 60 * 60_000;
const mostAsked = 10;

interface Answer {
  /** When it ends, as Remit's own commit says; undefined: it isn't Remit's. */
  readonly expiresAt: Instant | undefined;
  readonly at: Instant;
}

/** What a commit came by never changes, and leases are looked at every minute. */
const knownAnswers = new WeakMap<WeakKey, Map<string, Answer>>();

/**
 * Of several unknown ones the first ten are asked for; the others are left out until the next look. What was decided anew between the
 * commit and its merge, after a store was lost, may end at two times: the later one counts, so that nobody can end a lease sooner.
 */
export async function ownLeases<L extends { readonly record: RemediationRecord }>(
  reader: WeakKey,
  forge: Pick<Forge, "ownMessage">,
  leases: readonly L[],
  now: Instant,
): Promise<readonly L[]> {
  const known = knownAnswers.get(reader) ?? new Map<string, Answer>();
  knownAnswers.set(reader, known);
  const asked = leases.filter(({ record }) => !isKnown(known.get(record.commit), now)).slice(0, mostAsked);
  for (const { record } of asked) known.set(record.commit, { expiresAt: await ownExpiry(forge, record), at: now });
  return leases.filter(({ record: { commit, lease } }) => {
    const own = known.get(commit)?.expiresAt;
    return own !== undefined && (now >= own || lease === undefined || now < lease.expiresAt);
  });
}

function isKnown(answer: Answer | undefined, now: Instant): boolean {
  return answer !== undefined && (answer.expiresAt !== undefined || Math.abs(now - answer.at) < askAgainMs);
}

/** A person who merges may write another message: what counts is what Remit's own commit says. */
async function ownExpiry(forge: Pick<Forge, "ownMessage">, record: RemediationRecord): Promise<Instant | undefined> {
  const message = await forge.ownMessage(record.commit);
  if (message === undefined) return undefined;
  const [written] = remediationRecords([{ id: record.commit, committedAt: record.at, message }], () => true);
  return written !== undefined && said(written) === said(record) ? written.lease?.expiresAt : undefined;
}

function said({ action, target, lease }: RemediationRecord): string {
  return digest({ action, target, lease: lease && { ...lease, expiresAt: undefined } });
}
