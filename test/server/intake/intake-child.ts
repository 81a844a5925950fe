/** Run as a child by store-faults.test.ts, under limits that a process sets for itself: the intake over SQLite. */
import { writeSync } from "node:fs";
import { systemClock } from "../../../src/clock.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { createLog } from "../../../src/server/create-log.ts";
import { createIntake } from "../../../src/server/intake/create-intake.ts";
import { listen } from "../../../src/server/listen.ts";
import { openSqliteStore } from "../../../src/store/sqlite-store.ts";

const [directory = ""] = process.argv.slice(2);
const store = await openSqliteStore({ directory });
const ignore = () => {};
const app = createIntake({
  inbox: store.inbox,
  clock: systemClock,
  log: createLog("error", { write: (line: string) => void writeSync(2, line) }),
  sources: [
    {
      name: "prom",
      type: "alertmanager",
      repository: "acme/shop",
      environments: undefined,
      tokens: [new Secret("prom-new")],
    },
  ],
  webhookSecrets: [new Secret("unused")],
  count: ignore,
  onStored: ignore,
});
const server = await listen(app.fetch, { host: "127.0.0.1", port: 0 }, 30_000);
writeSync(1, `${server.url}\n`);
