/** Run as a child by sqlite-durability.test.ts: accepts deliveries for ever, and prints each id once it is acknowledged. */
import { writeSync } from "node:fs";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";

const [directory = "", round = ""] = process.argv.slice(2);
const store = await openSqliteStore({ directory });
for (let number = 0; ; number += 4) {
  await Promise.all(
    [0, 1, 2, 3].map(async (offset) => {
      const dedupeKey = `${round}-${number + offset}`;
      const common = { source: "prod", type: "alertmanager", event: "", body: "x".repeat(500), receivedAt: 1 };
      await store.inbox.accept({ ...common, dedupeKey });
      writeSync(1, `${dedupeKey}\n`);
    }),
  );
}
