/** What one check has seen so far. */
import type { Check, CheckResult, Finding } from "./check.ts";
import type { StoredRecord } from "./ledger.ts";

/** More findings than anybody reads. */
const most = 20;

type Place = Pick<StoredRecord, "sequence" | "path" | "commit">;

export class Examination {
  readonly #kept: number;
  #checked = 0;
  #found = 0;
  readonly #findings: Finding[] = [];
  readonly #skipped = new Map<string, number>();
  readonly #notes: string[] = [];

  /** `kept`: findings that are told one by one. */
  constructor(kept = most) {
    this.#kept = kept;
  }

  /** Looked at one thing: as it must be where `why` is undefined. */
  record(place: Place, why?: string): void {
    this.#checked++;
    if (why !== undefined) this.find({ message: why, ...placeOf(place) });
  }

  /** The same for what is no record. */
  look(finding?: Finding): void {
    this.#checked++;
    if (finding !== undefined) this.find(finding);
  }

  find(finding: Finding): void {
    this.#found++;
    if (this.#findings.length < this.#kept) this.#findings.push(finding);
  }

  skip(why: string): void {
    this.#skipped.set(why, (this.#skipped.get(why) ?? 0) + 1);
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  result({ name, title }: Check): CheckResult {
    const skipped = [...this.#skipped].map(([why, count]) => ({ why, count }));
    return {
      name,
      title,
      outcome: this.#outcome(),
      checked: this.#checked,
      findings: this.#findings,
      found: this.#found,
      skipped,
      notes: this.#notes,
    };
  }

  #outcome(): CheckResult["outcome"] {
    if (this.#found > 0) return "failed";
    if (this.#checked > 0) return "ok";
    return this.#skipped.size > 0 ? "skipped" : "not-applicable";
  }
}

function placeOf({ sequence, path, commit }: Place): Pick<Finding, "sequence" | "path" | "commit"> {
  return { sequence, path, ...(commit === undefined ? {} : { commit }) };
}
