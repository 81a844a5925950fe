/** What people ask for outside of any incident's own issue: in other conversations, on the dashboard, on the status page. */
import { entryOf } from "../../ledger/chain.ts";
import type { LedgerEntry, RecordedResult } from "../../ledger/ledger-record.ts";
import type { IncidentRecord } from "../../store/store.ts";
import type { ReconcilerParts } from "../session.ts";
import { cleanRecord } from "./clean-record.ts";
import { entriesOf } from "./entries-of.ts";

export type RecordingParts = Pick<ReconcilerParts, "store" | "ledger" | "clock">;

export interface AskedFor {
  /** Who was found to be allowed to. */
  readonly login: string;
  /** As Remit understood it, in a word. */
  readonly command: string;
}

export interface SwitchTurned extends AskedFor {
  readonly repository: string;
  readonly command: "stop" | "start";
}

/** `commanded`: that it was asked for. `stopped`: that it was done. */
export async function recordSwitch(
  { store, ledger, clock }: RecordingParts,
  kind: "commanded" | "stopped",
  { repository, login, command }: SwitchTurned,
): Promise<void> {
  if (ledger === undefined) return;
  const content = {
    kind,
    phase: "result",
    time: new Date(clock.now()).toISOString(),
    software: ledger.software,
    actor: { kind: "person", login },
    result: { command },
  } as const;
  await store.outbox.add(repository, [entryOf(Object.assign({ ...content }, cleanRecord(content)))]);
}

/** Saved with the incident that it is about, as it is saved. */
export function askedEntries(
  { ledger, clock }: Pick<ReconcilerParts, "ledger" | "clock">,
  { incident, response }: Pick<IncidentRecord, "incident" | "response">,
  { login, command }: AskedFor,
): readonly LedgerEntry[] {
  if (ledger === undefined) return [];
  const { software } = ledger;
  const actor = { kind: "person", login } as const;
  const more: RecordedResult = { command };
  return entriesOf({ event: "asked", at: clock.now(), software, incident, response, actor, more });
}
