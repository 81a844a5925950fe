/** A repository whose ledger waits for records. */
import type { Instant } from "../../clock.ts";
import type { Store } from "../../store/store.ts";
import { repositoryTask } from "../repository-task.ts";

/** One at a time is enough: nobody waits for them. */
export const ledgerQueue = "ledgers";

/** What announces nothing waits for so long for company, so that a whole remediation is few commits. */
const waitMs = 5 * 60_000;

export const { format: formatLedgerTask, parse: parseLedgerTask } = repositoryTask("ledger");

/** Queues every repository in whose outbox something has waited for long enough. */
export async function queueLedgers({ outbox, queue }: Pick<Store, "outbox" | "queue">, now: Instant): Promise<void> {
  for (const { repository } of await outbox.repositories()) {
    const [oldest] = await outbox.waiting(repository, 1);
    if (oldest !== undefined && now - Date.parse(oldest.time) >= waitMs)
      await queue.add(formatLedgerTask(repository), now, ledgerQueue);
  }
}
