import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openSignedShop } from "../server/sign-in/signed-shop.ts";
import { browserBinary, startBrowser } from "./support/browser.ts";

if (browserBinary === undefined) console.warn("skipped: apt-get install chromium");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));
const pictures = process.env.REMIT_TEST_PICTURES;

describe.skipIf(browserBinary === undefined)("the stop button in a browser", () => {
  let browser: Browser;
  let shop: Awaited<ReturnType<typeof openSignedShop>>;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    const directory = mkdtempSync(join(tmpdir(), "remit-button-"));
    shop = await openSignedShop(directory);
    return async () => {
      await shop.close();
      rmSync(directory, { recursive: true, force: true });
    };
  });

  async function open(look: { colorScheme?: "light" | "dark"; width?: number } = {}): Promise<[Page, string[]]> {
    const { colorScheme = "light", width = 1280 } = look;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const problems: string[] = [];
    // GitHub's own pages aren't ours to mend.
    page.on("console", (message) => {
      if (message.location().url.startsWith(shop.url)) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(shop.url);
    return [page, problems];
  }

  async function signIn(page: Page, person: string): Promise<void> {
    await page.getByRole("link", { name: "Sign in with GitHub" }).click();
    await page.getByRole("button", { name: `Continue as ${person}` }).click();
    await page.getByText(`Signed in as ${person}`).waitFor();
  }

  async function look(page: Page, name: string): Promise<void> {
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    }
    await page.evaluate(axe);
    const found = violations.parse(await page.evaluate("axe.run().then(({ violations }) => violations)"));
    expect(
      found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
      name,
    ).toEqual([]);
    expect(
      await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
      name,
    ).toBe(0);
  }

  const stop = (page: Page) => page.getByRole("button", { name: "Stop Remit in acme/shop" });
  const start = (page: Page) => page.getByRole("button", { name: "Start Remit again in acme/shop" });

  test("whoever signs in at GitHub stops Remit by the keyboard, sees it without loading again, and starts it again", async () => {
    const [page, problems] = await open();
    await page.getByRole("heading", { name: "Grants" }).waitFor();
    expect(await stop(page).count()).toBe(0);
    await look(page, "signed-out");
    await signIn(page, "alice");
    expect(new URL(page.url()).pathname).toBe("/");
    await look(page, "signed-in");
    await stop(page).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Remit only watches this repository until that is lifted.").waitFor();
    expect(await shop.stops()).toMatchObject([
      { state: "open", body: expect.stringContaining("`alice` asked Remit to stop.") },
    ]);
    shop.later();
    await page.locator("[data-stop=on]").waitFor();
    expect(await stop(page).count()).toBe(0);
    await look(page, "stopped");
    await start(page).click();
    await page.getByText(/Issue #\d+ is closed\./).waitFor();
    expect(await shop.stops()).toMatchObject([{ state: "closed" }]);
    shop.later();
    await page.locator("[data-stop=off]").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in with GitHub" }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("whoever may only read is told what it takes, on a telephone in the dark", async () => {
    const [page] = await open({ width: 390, colorScheme: "dark" });
    await signIn(page, "carol");
    await stop(page).click();
    await page.getByText("It takes triage permission on this repository.").waitFor();
    await look(page, "phone-refused");
    expect(await shop.stops()).toEqual([]);
    await page.context().close();
  });
});
