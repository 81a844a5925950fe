/** Changes a stored incident from outside its own reconcile, whoever else saves it meanwhile, and has it looked at. */
import type { Clock } from "../clock.ts";
import { incidentQueue } from "../incidents/incident-queue.ts";
import { incidentSeverity } from "../incidents/incident-severity.ts";
import type { LedgerEntry } from "../ledger/ledger-record.ts";
import type { IncidentRecord, Store } from "../store/store.ts";
import { SavedElsewhere } from "./session.ts";

export interface IncidentChange {
  readonly store: Pick<Store, "incidents" | "queue">;
  readonly clock: Clock;
  /** Read anew for each attempt. */
  readonly find: () => Promise<IncidentRecord | undefined>;
  readonly change: (record: IncidentRecord) => IncidentRecord;
  /** What the ledger is to tell of it, as it is saved. */
  readonly entries?: (changed: IncidentRecord) => readonly LedgerEntry[];
}

const attempts = 5;

/** Its id; undefined where there is none to change. */
export async function changeIncident({
  store,
  clock,
  find,
  change,
  entries,
}: IncidentChange): Promise<string | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const record = await find();
    if (record === undefined) return undefined;
    const changed = change(record);
    if (!(await store.incidents.save(changed, { entries: entries?.(changed) }))) continue;
    const { incident } = changed;
    await store.queue.add(incident.id, clock.now(), incidentQueue(incident), incidentSeverity(incident));
    return incident.id;
  }
  throw new SavedElsewhere("the incident was saved by others five times in a row");
}
