/** A repository whose ledger waits for records, as a key of the work queue. */
import type { Instant } from "../../clock.ts";
import type { Store } from "../../store/store.ts";

const prefix = "ledger";

/** One at a time is enough: nobody waits for them. */
export const ledgerQueue = "ledgers";

/** What announces nothing waits for so long for company, so that a whole remediation is few commits. */
const waitMs = 5 * 60_000;

export function formatLedgerTask(repository: string): string {
  return `${prefix} ${repository}`;
}

/** The repository; undefined for a key of another kind, such as an incident's id. */
export function parseLedgerTask(key: string): string | undefined {
  const [kind, repository, ...rest] = key.split(" ");
  return kind === prefix && repository !== undefined && rest.length === 0 ? repository : undefined;
}

/** Queues every repository in whose outbox something has waited for long enough. */
export async function queueLedgers({ outbox, queue }: Pick<Store, "outbox" | "queue">, now: Instant): Promise<void> {
  for (const { repository } of await outbox.repositories()) {
    const [oldest] = await outbox.waiting(repository, 1);
    if (oldest !== undefined && now - Date.parse(oldest.time) >= waitMs)
      await queue.add(formatLedgerTask(repository), now, ledgerQueue);
  }
}
