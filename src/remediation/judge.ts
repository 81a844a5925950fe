/** The verdict on a change at one revision: everything that `decide` asks for, read from git. The only caller of `decide` here. */
import type { Candidate } from "../actions/candidate.ts";
import { type DecideInput, decide } from "../authority/decide.ts";
import type { Storm } from "../authority/storm.ts";
import type { Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import type { Reason } from "../reason.ts";
import { deliveryBlocks } from "./delivery-blocks.ts";
import type { InstallationPast } from "./installation-past.ts";
import { breakerMemoryMs, pastRemediations } from "./past-remediations.ts";
import { replayed } from "./replayed.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface JudgeInput {
  readonly reader: RepositoryReader;
  readonly revision: string;
  readonly candidate: Candidate;
  /** undefined: a person asks for the change, and no trouble is known. */
  readonly incident: Incident | undefined;
  readonly kind: "fix" | "undo";
  /** Remediations that this incident has had so far, without this one. */
  readonly attempts: number;
  readonly stop: Reason | undefined;
  readonly storm: Storm | "unreadable";
  /** The other repositories of the installation; undefined where there are none. */
  readonly elsewhere: InstallationPast | undefined;
  /** When the suspected change reached the base branch. */
  readonly lastChangeAt?: Instant | undefined;
  readonly now: Instant;
  /** `decide`, for whoever wants to see what is asked of it. */
  readonly decide?: ((input: DecideInput) => Verdict) | undefined;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly records: readonly RemediationRecord[] | "unreadable";
}

export async function judge(input: JudgeInput): Promise<Judgement> {
  const { reader, revision, now, stop } = input;
  const rearmedAt = await reader.policyChangedAt(revision, now - breakerMemoryMs);
  const [authority, runbooks, records, deliveryBlocked, others] = await Promise.all([
    reader.authority(revision),
    reader.runbooks(revision),
    pastRemediations(reader, revision, now, rearmedAt),
    deliveryBlocks(reader, revision, input.candidate.target, now),
    input.elsewhere?.(reader.mirror.repository, now),
  ]);
  const verdict = (input.decide ?? decide)({
    candidate: input.candidate,
    authority: replayed(authority, records),
    runbooks,
    records,
    installation:
      others === undefined || records === "unreadable" || others === "unreadable" ? others : [...records, ...others],
    rearmedAt,
    storm: input.storm,
    stop: { active: stop !== undefined, reason: stop },
    now,
    incident: input.incident,
    attempts: input.attempts,
    kind: input.kind,
    facts: { lastChangeAt: input.lastChangeAt },
    deliveryBlocked,
  });
  return { verdict, records };
}
