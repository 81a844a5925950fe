import { expect, it, onTestFinished } from "vitest";
import { createMetrics } from "../../src/server/create-metrics.ts";
import { createPages } from "../../src/server/create-pages.ts";
import { stormWatch } from "../../src/server/storm-watch.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { shadow } from "../store/store-fixtures.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { ManualClock } from "./manual-clock.ts";

it("what Remit would have done where it might not is listed with what people did, and counted by closed labels only", async () => {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  onTestFinished(() => store.close());
  const clock = new ManualClock(10_000);
  const storms = stormWatch(store, clock, []);
  const metrics = createMetrics(store, storms, () => ({ requests: 0, retries: 0 }));
  const lastRunAt = () => undefined;
  const status = { version: "0", heard: async () => [], standing: async () => undefined };
  const pages = createPages({ store, clock, storms, metrics, lastRunAt, ...status });
  const get = async (path: string) => (await pages.request(path, { headers: { host: "127.0.0.1:8081" } })).text();
  const change = { commit: "c".repeat(40), at: 5_100, by: "person" } as const;
  const comparison = { outcome: "same", change } as const;
  await store.shadows.add(shadow("agreed", { plannedAt: 5_000, comparison, settledAt: 6_000 }));
  await store.shadows.add(shadow("waits", { plannedAt: 7_000, runbook: "bad-deploy" }));
  const text = await get("/metrics");
  expect(text).toContain('remit_shadows{repository="acme/shop",outcome="same"} 1');
  expect(text).toContain('remit_shadows{repository="acme/shop",outcome="waiting"} 1');
  expect(text).not.toContain("bad-deploy");
  const told = JSON.parse(await get("/api/shadow"));
  expect(told).toEqual({
    agreement: [
      {
        repository: "acme/shop",
        runbook: "built-in",
        action: "rollback",
        compared: 1,
        outcomes: { same: 1, "same-and-more": 0, partly: 0, other: 0, none: 0 },
        lead: { medianMs: 100, cases: 1 },
      },
    ],
    shadows: [
      expect.objectContaining({ incident: "waits", target: "checkout/production", files: ["a.yaml"] }),
      expect.objectContaining({ incident: "agreed", comparison, settledAt: 6_000 }),
    ],
  });
  expect(JSON.stringify(told)).not.toContain("tag:");
});
