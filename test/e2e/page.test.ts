import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PageState } from "../../src/sandbox/page/page-state.ts";
import { startPage } from "../../src/sandbox/page/start-page.ts";
import { sampleState } from "../sandbox/page/sample-state.ts";
import { browserBinary, startBrowser } from "./support/browser.ts";

if (browserBinary === undefined) console.warn("skipped: apt-get install chromium");

describe.skipIf(browserBinary === undefined)("the demo's page in a browser", () => {
  let browser: Browser;
  let state: PageState;
  let served: Awaited<ReturnType<typeof startPage>>;
  const directory = mkdtempSync(join(tmpdir(), "remit-page-"));

  beforeAll(async () => {
    browser = await startBrowser();
    served = await startPage(0, () => state);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(options: { colorScheme?: "light" | "dark"; width?: number } = {}): Promise<[Page, string[]]> {
    const page = await browser.newPage({
      viewport: { width: options.width ?? 1200, height: 900 },
      colorScheme: options.colorScheme ?? "light",
    });
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(request.url()));
    await page.goto(served.url);
    return [page, problems];
  }

  test("shows the chart, the story and the pull request in light and dark, with nothing refused or missing", async () => {
    state = sampleState();
    for (const colorScheme of ["light", "dark"] as const) {
      const [page, problems] = await open({ colorScheme });
      for (const selector of [
        "svg.chart path.line",
        "svg.chart .mark",
        ".story li",
        ".diff .removed",
        ".operands tr",
      ]) {
        expect(await page.locator(selector).first().isVisible(), selector).toBe(true);
      }
      expect(await page.locator("svg.chart .mark").count()).toBe(state.chart.marks.length);
      expect(problems).toEqual([]);
      const file = join(directory, `${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
      expect(statSync(file).size).toBeGreaterThan(20_000);
      await page.close();
    }
  });

  test("doesn't scroll sideways on a telephone", async () => {
    state = sampleState();
    const [page] = await open({ width: 390 });
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
    await page.close();
  });

  test("follows the story without being reloaded", async () => {
    const { service } = sampleState();
    state = sampleState({ outcome: "running", pull: undefined, service: { ...service, errorRate: 0.6 } });
    const [page, problems] = await open();
    await page.locator('[data-status="failing"]').waitFor();
    expect(await page.getByText("None yet.").isVisible()).toBe(true);
    state = sampleState();
    await page.locator('[data-status="recovered"]').waitFor();
    await page.locator(".diff .added").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
