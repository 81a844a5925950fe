import type { Candidate } from "../../actions/candidate.ts";
import type { Tier } from "../../authority/verdict.ts";
import { RemitError } from "../../errors.ts";
import type { RecordedDecision } from "../../ledger/ledger-record.ts";
import { changeKey } from "../../ledger/merges-among.ts";
import { type Earlier, type ReExecuted, reExecute } from "../../remediation/re-execution/re-execute.ts";
import type { Audit } from "../audit.ts";
import type { Check } from "../check.ts";
import { notInClone } from "../commits-of.ts";
import { compareDecisions } from "../compare-decisions.ts";
import type { Examination } from "../examination.ts";
import { type ReadRecord, readable } from "../ledger.ts";
import { recordedMerges } from "../recorded-merges.ts";

export const reExecuted: Check = {
  name: "re-executed",
  title: "each decision, made again from its inputs and the repository at its base, comes out the same",
  async run(audit, seen) {
    const memory = new Memory(audit);
    let beside = 0;
    for (const stored of readable(audit.ledger)) {
      const { decision } = stored.record;
      if (decision === undefined) continue;
      const again = await tryAgain(audit, decision, memory.earlier(stored, decision));
      if (decision.inputs.outside.length > 0) beside++;
      tell(audit, stored, decision, again, memory, seen);
      memory.keep(stored, again);
    }
    if (beside > 0)
      seen.note(
        `what images, renderers and models said can't be asked for again, and is taken as recorded in ${beside}`,
      );
  },
};

async function tryAgain({ reader }: Audit, decision: RecordedDecision, earlier: Earlier): Promise<ReExecuted> {
  if (!(await reader.mirror.has(decision.base))) return { outcome: "impossible", why: notInClone };
  try {
    return await reExecute(reader, decision, earlier);
  } catch (error) {
    if (error instanceof RemitError && error.code === "git-failed")
      return { outcome: "impossible", why: "the clone lacks objects that it needs" };
    throw error;
  }
}

function tell(
  { software }: Audit,
  stored: ReadRecord,
  decision: RecordedDecision,
  again: ReExecuted,
  memory: Memory,
  seen: Examination,
): void {
  if (again.outcome === "impossible") {
    seen.skip(again.why);
    return;
  }
  const { change, software: then } = stored.record;
  const compared = compareDecisions({ decision, change, planned: memory.planned(stored, decision) }, again);
  if (compared.outcome === "unknown") seen.skip(compared.why);
  else if (compared.outcome === "same") seen.record(stored);
  // Another version may decide otherwise, and neither was dishonest.
  else if (then !== software) seen.skip(`decided by ${then}, and this is ${software}, which decides otherwise`);
  else seen.record(stored, compared.what);
}

/** What later decisions rest on. */
class Memory {
  readonly #candidates = new Map<string, Candidate>();
  readonly #tiers = new Map<string, Tier>();
  /** By incident, in their order. */
  readonly #merges: ReadonlyMap<string | undefined, ReturnType<typeof recordedMerges>>;

  constructor({ ledger }: Pick<Audit, "ledger">) {
    this.#merges = Map.groupBy(recordedMerges(ledger), ({ stored }) => stored.record.incident?.id);
  }

  earlier(stored: ReadRecord, { by }: RecordedDecision): Earlier {
    const key = changeKey(stored);
    const candidate = key === undefined ? undefined : this.#candidates.get(key);
    const fix = by === "undo" ? this.#fixOf(stored) : undefined;
    return { candidate, fix };
  }

  /** What the plan said, where this is the judgement before the merge. */
  planned(stored: ReadRecord, { by }: RecordedDecision): Tier | undefined {
    return by === "merge" ? this.#tiers.get(changeKey(stored) ?? "") : undefined;
  }

  keep(stored: ReadRecord, again: ReExecuted): void {
    const { decision, change } = stored.record;
    const key = changeKey(stored);
    if (key === undefined || decision === undefined || decision.by === "merge") return;
    if (decision.tier !== undefined) this.#tiers.set(key, decision.tier);
    if (again.outcome === "change" && again.candidate.digest === change?.candidate)
      this.#candidates.set(key, again.candidate);
  }

  #fixOf({ sequence, record }: ReadRecord): Earlier["fix"] {
    const merges = this.#merges.get(record.incident?.id) ?? [];
    const fix = merges.findLast(({ stored, change }) => stored.sequence < sequence && change?.kind === "fix");
    const candidate = fix === undefined ? undefined : this.#candidates.get(changeKey(fix.stored) ?? "");
    return fix === undefined || candidate === undefined ? undefined : { candidate, commit: fix.commit };
  }
}
