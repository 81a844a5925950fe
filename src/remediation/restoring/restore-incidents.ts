/** Brings the open incidents of a repository back from its ledger, where the store was lost. */
import type { Clock } from "../../clock.ts";
import { incidentQueue } from "../../incidents/incident-queue.ts";
import { incidentSeverity } from "../../incidents/incident-severity.ts";
import { ledgerBranch } from "../../ledger/ledger-record.ts";
import type { Store } from "../../store/store.ts";
import type { LedgerBranch } from "../recording/ledger.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { Log } from "../session.ts";
import { type BroughtRecord, broughtRecords, openStories } from "./own-records.ts";
import { restoredIncident } from "./restored-incident.ts";

export interface RestoringParts {
  readonly store: Pick<Store, "incidents" | "queue" | "settings">;
  readonly branch: (repository: string) => Pick<LedgerBranch, "ours">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Once for each store and repository. What the store knows is left as it is. One request to GitHub where something is open, and none
 * else. Answers how many incidents came back.
 */
export async function restoreIncidents(parts: RestoringParts, reader: RepositoryReader): Promise<number> {
  const { settings } = parts.store;
  const { mirror } = reader;
  const key = `restored:${mirror.repository}`;
  if ((await settings.get(key)) !== undefined) return 0;
  const ledger = await mirror.branchHead(ledgerBranch);
  const unknown = ledger === undefined ? [] : await unknownStories(parts, await broughtRecords(mirror, ledger));
  const count = unknown.length === 0 ? 0 : await restoreEach(parts, reader, unknown);
  await settings.set(key, new Date(parts.clock.now()).toISOString());
  return count;
}

type Story = readonly BroughtRecord[];

async function unknownStories({ store }: RestoringParts, records: readonly BroughtRecord[]): Promise<readonly Story[]> {
  const unknown: Story[] = [];
  for (const [id, story] of openStories(records))
    if ((await store.incidents.get(id)) === undefined) unknown.push(story);
  return unknown;
}

async function restoreEach(
  { store, branch, clock, log }: RestoringParts,
  reader: RepositoryReader,
  stories: readonly Story[],
): Promise<number> {
  const { mirror } = reader;
  const commits = [...new Set(stories.flat().map(({ commit }) => commit))];
  const ours = await branch(mirror.repository).ours(commits);
  const head = await mirror.head();
  let count = 0;
  for (const story of stories) {
    const records = story.filter(({ commit }) => ours.has(commit)).map(({ record }) => record);
    const restored = await restoredIncident({ reader, head, records, now: clock.now() });
    if (restored === undefined || !(await store.incidents.save(restored))) continue;
    const { incident } = restored;
    await store.queue.add(incident.id, clock.now(), incidentQueue(incident), incidentSeverity(incident));
    log.info({ incident: incident.id }, "the store doesn't know this incident: restored from the ledger");
    count++;
  }
  return count;
}
