/** Gives entries their place in the chain. */
import { canonicalJson, textDigest } from "./canonical-json.ts";
import { type LedgerEntry, type LedgerRecord, ledgerFormat } from "./ledger-record.ts";

/** The last record of a ledger. */
export interface LedgerTip {
  readonly sequence: number;
  /** SHA-256 of its file's bytes. */
  readonly hash: string;
}

export const emptyTip: LedgerTip = { sequence: 0, hash: "0".repeat(64) };

export interface RecordFile {
  readonly path: string;
  readonly text: string;
}

/** The files that the entries become behind `tip`, in the given order, and the tip that they leave. */
export function chain(
  entries: readonly LedgerEntry[],
  tip: LedgerTip,
): { readonly files: readonly RecordFile[]; readonly tip: LedgerTip } {
  const files: RecordFile[] = [];
  let last = tip;
  for (const entry of entries) {
    const sequence = last.sequence + 1;
    const record: LedgerRecord = { ...entry, format: ledgerFormat, sequence, previous: last.hash };
    const text = canonicalJson(record);
    files.push({ path: recordPath(record), text });
    last = { sequence, hash: textDigest(text) };
  }
  return { files, tip: last };
}

/** `2026/11/000000042.json`: by the month of its time, so that no directory grows without end. */
export function recordPath({ time, sequence }: Pick<LedgerRecord, "time" | "sequence">): string {
  return `${time.slice(0, 4)}/${time.slice(5, 7)}/${String(sequence).padStart(9, "0")}.json`;
}

/** An entry with its id. */
export function entryOf(content: Omit<LedgerEntry, "id">): LedgerEntry {
  return { id: idOf(canonicalJson(content)), ...content };
}

/** Of an entry's content in canonical JSON. */
export function idOf(text: string): string {
  return textDigest(text).slice(0, 32);
}
