import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Standing } from "../../src/server/standing.ts";
import { atWork, pastWeeks, recovered, unanswered } from "../server/pages/sample-incidents.ts";
import { now, openStatusWorld, shopDashboard, shopStanding } from "../server/pages/status-world.ts";
import { minute } from "../support/situation.ts";
import { browserBinary, startBrowser } from "./support/browser.ts";

if (browserBinary === undefined) console.warn("skipped: apt-get install chromium");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** Where the pictures go, for whoever wants to look at them. */
const pictures = process.env.REMIT_TEST_PICTURES;

describe.skipIf(browserBinary === undefined)("the status page in a browser", () => {
  let browser: Browser;
  let world: Awaited<ReturnType<typeof openStatusWorld>>;
  let standing: Standing;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    const window = { until: now + 90 * minute, reason: "the sale", environments: ["production"], services: ["*"] };
    standing = shopStanding({}, shopDashboard({ windows: [window] }));
    world = await openStatusWorld(() => standing);
    return () => world.close();
  });

  async function fill(): Promise<void> {
    for (const each of [...pastWeeks(), atWork(), unanswered(), recovered()]) await world.save(each);
    world.later();
  }

  interface Look {
    readonly colorScheme?: "light" | "dark";
    readonly width?: number;
    readonly javaScriptEnabled?: boolean;
  }

  async function open({
    colorScheme = "light",
    width = 1280,
    javaScriptEnabled = true,
  }: Look = {}): Promise<[Page, string[]]> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.goto(world.url);
    return [page, problems];
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }

  const unfold = (page: Page) =>
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");

  test("tells all of it in light, dark and on a telephone, with nothing that a checker of accessibility finds", async () => {
    await fill();
    for (const [name, look] of [
      ["light", {}],
      ["dark", { colorScheme: "dark" }],
      ["phone", { width: 390 }],
      ["phone-dark", { width: 390, colorScheme: "dark" }],
    ] as const) {
      const [page, problems] = await open(look);
      for (const selector of [
        "#overall",
        "#happening article",
        "#may table",
        "#did article",
        "#trends svg",
        "#itself dl",
      ]) {
        expect(await page.locator(selector).first().isVisible(), `${name}: ${selector}`).toBe(true);
      }
      await picture(page, name);
      await unfold(page);
      await picture(page, `${name}-unfolded`);
      expect(await page.locator(".diff .removed").first().isVisible()).toBe(true);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow, name).toBe(0);
      await page.evaluate(axe);
      const found = violations.parse(await page.evaluate("axe.run().then(({ violations }) => violations)"));
      expect(
        found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
        name,
      ).toEqual([]);
      expect(problems, name).toEqual([]);
      await page.close();
    }
  });

  test("shows what is new without being loaded again, reads out only that, and leaves focus and folds alone", async () => {
    await fill();
    const [page, problems] = await open();
    await page.evaluate("window.isTheSame = true");
    const summary = page.locator("#happening details[id$='-diff'] summary").first();
    await summary.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#news").textContent()).toBe("");
    const { incident, response } = atWork();
    const entry = { at: now, event: "delivered", message: "the controller applied the merge" };
    await world.save({ incident, response: { ...response, timeline: [...response.timeline, entry] } });
    const { incident: other, response: its } = recovered();
    await world.save({
      incident: {
        ...other,
        id: "catalog-production-1",
        target: { ...other.target, service: "catalog" },
        openedAt: now - 60 * minute,
      },
      response: { ...its, closed: undefined },
    });
    world.later();
    await page.getByText("the controller applied the merge").first().waitFor();
    await page.locator("#happening").getByText("catalog/production").waitFor();
    expect(await page.locator("#news").textContent()).toContain(
      "checkout/production: the controller applied the merge",
    );
    expect(await page.locator("#news").textContent()).not.toContain("payment");
    expect(await page.evaluate("window.isTheSame")).toBe(true);
    expect(await page.evaluate("document.activeElement.parentElement.id")).toMatch(/-diff$/);
    expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("an incident that is over moves to what was done", async () => {
    await fill();
    const [page] = await open();
    const { incident, response } = atWork();
    await world.save({ incident, response: { ...response, closed: { at: now, outcome: "recovered", reasons: [] } } });
    world.later();
    await page.locator("#did").getByText("checkout/production").waitFor();
    expect(await page.locator("#happening").getByText("checkout/production").count()).toBe(0);
    expect(await page.locator("#happening article").count()).toBe(1);
    expect(await page.locator("#did article").first().textContent()).toContain("checkout/production");
    await page.close();
  });

  test("says when Remit doesn't answer any more, and how old it is", async () => {
    const [page] = await open();
    await page.route("**/status/content", (route) => route.abort());
    const stale = page.locator("#stale");
    await stale.waitFor({ state: "visible" });
    // The clock of the world stands still, so that is when it last answered, however much later it is noticed.
    expect(await stale.textContent()).toBe("Remit doesn't answer: this is how it stood at 10:30:00 UTC.");
    await picture(page, "stale");
    await page.unroute("**/status/content");
    await stale.waitFor({ state: "hidden" });
    await page.close();
  });

  test("every link, fold and wide table is reached by the keyboard alone", async () => {
    await fill();
    const [page] = await open();
    const all = z.number().parse(await page.evaluate("document.querySelectorAll('a[href], summary').length"));
    const reached = new Set<string>();
    const where = `(() => { const e = document.activeElement; if (e === document.body) return ""; e.dataset.n ??= String(window.n = (window.n ?? 0) + 1); return e.nodeName + " " + e.dataset.n; })()`;
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    expect(await page.locator(".skip").boundingBox()).toMatchObject({ x: 12 });
    for (let presses = 0; presses < 3 * all; presses++) {
      const at = z.string().parse(await page.evaluate(where));
      if (at === "") break;
      reached.add(at);
      await page.keyboard.press("Tab");
    }
    expect([...reached].filter((each) => /^(A|SUMMARY) /.test(each))).toHaveLength(all);
    await page.close();
  });

  test("works without a script", async () => {
    await fill();
    const [page] = await open({ javaScriptEnabled: false });
    expect(await page.getByText("checkout/production").first().isVisible()).toBe(true);
    expect(await page.getByRole("link", { name: "Load again" }).isVisible()).toBe(true);
    await page.close();
  });
});
