/** The whole loop with nothing of the alert's way replaced: a real Prometheus scrapes, a real Alertmanager sends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { jumpClock } from "../../src/sandbox/demo/jump-clock.ts";
import { instantPace, type Pace } from "../../src/sandbox/demo/pace.ts";
import { scenarios } from "../../src/sandbox/demo/scenarios.ts";
import { type Demo, startDemo } from "../../src/sandbox/demo/start-demo.ts";
import { createStory } from "../../src/sandbox/demo/story.ts";
import { browserBinary, startBrowser } from "./support/browser.ts";
import { alertmanagerBinary, prometheusBinary, startMonitoring } from "./support/monitoring.ts";

const installed = prometheusBinary !== undefined && alertmanagerBinary !== undefined;
if (!installed) console.warn("skipped: apt-get install prometheus prometheus-alertmanager");

const directory = mkdtempSync(join(tmpdir(), "remit-e2e-"));
let demo: Demo | undefined;
afterEach(async () => {
  await demo?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Prometheus looks once a second over five seconds, so Remit must have more patience than in the sandbox's own pace. */
const pace: Pace = {
  ...instantPace,
  requestsPerSecond: 20,
  quietMs: 6_000,
  remit: { ...instantPace.remit, deliverWithinMs: 30_000, verifyWithinMs: 60_000, observeEveryMs: 1_000 },
  giveUpMs: 150_000,
};

describe.skipIf(!installed)("with a real Prometheus and Alertmanager", () => {
  test("a bad deploy is noticed, rolled back, delivered and verified", async () => {
    const clock = jumpClock(systemClock);
    const story = createStory(clock);
    demo = await startDemo({
      scenario: scenarios["bad-deploy"],
      pace,
      directory,
      port: 0,
      clock,
      story,
      monitor: (serviceUrl, receiver) => startMonitoring({ serviceUrl, receiver }),
    });
    const end = await demo.run();
    expect(end.findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(end).toMatchObject({ recovered: true, why: "", violations: [] });
    // Eight, a token, and three that begin the ledger.
    expect(end.requests).toBeLessThanOrEqual(12);
    // The sandbox's own feed was off: the alert came from outside.
    expect(story.events.some(({ event }) => event === "alert-firing")).toBe(false);
    expect(story.events.map(({ event }) => event)).toEqual(expect.arrayContaining(["opened", "merged", "recovered"]));

    if (browserBinary === undefined) return;
    const browser = await startBrowser();
    const page = await browser.newPage();
    await page.goto(demo.pageUrl);
    await page.locator('[data-status="recovered"]').waitFor();
    expect(await page.locator('[data-event="merged"]').isVisible()).toBe(true);
    await page.getByRole("link", { name: "#2" }).click();
    await page.getByText("remit/gate").first().waitFor();
    await browser.close();
  });
});
