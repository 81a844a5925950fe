/** Run as a child by sqlite-durability.test.ts: accepts and finishes deliveries for ever, and prints each once it is done. */
import { writeSync } from "node:fs";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";

const [directory = "", round = ""] = process.argv.slice(2);
const store = await openSqliteStore({ directory });
for (let number = 0; ; number += 4) {
  await Promise.all(
    [0, 1, 2, 3].map(async (offset) => {
      const dedupeKey = `${round}-${number + offset}`;
      const common = { source: "prod", type: "alertmanager", event: "", body: "x".repeat(500), receivedAt: 1 };
      const sightings = [{ fingerprint: dedupeKey, startsAt: 1, status: "firing" }] as const;
      await store.inbox.accept({ ...common, dedupeKey, sightings });
      writeSync(1, `accepted ${dedupeKey}\n`);
    }),
  );
  const taken = await store.inbox.take(2, 1);
  if (taken === undefined) continue;
  await store.inbox.done(taken.id, 2);
  writeSync(1, `done ${taken.dedupeKey}\n`);
}
