import { afterEach, describe, expect, test } from "vitest";
import type { PageState } from "../../../src/sandbox/page/page-state.ts";
import { type Page, startPage } from "../../../src/sandbox/page/start-page.ts";
import { sampleState } from "./sample-state.ts";

let page: Page | undefined;
afterEach(() => page?.close());

async function get(path: string, state: PageState): Promise<{ response: Response; text: string }> {
  page = await startPage(0, () => state);
  const response = await fetch(`${page.url}${path}`);
  return { response, text: await response.text() };
}

describe("the demo's page", () => {
  test("shows the chart, the story, the pull request with its reasons, and the commits", async () => {
    const { text } = await get("/", sampleState());
    expect(text).toContain("Error rate of checkout in production");
    expect(text).toContain('data-event="alert-firing"');
    expect(text).toContain("roll back checkout in production to v1.4.2");
    expect(text).toContain("newTag: v1.5.0");
    expect(text).toContain("The grant shop-rollback covers checkout in production.");
    expect(text).toContain("Remit-Incident: checkout-production-3f2a9c1b40de");
    expect(text).toContain('data-status="recovered"');
  });

  test("says so while there is no pull request and the service fails", async () => {
    const { service } = sampleState();
    const state = sampleState({ pull: undefined, outcome: "running", service: { ...service, errorRate: 0.6 } });
    const { text } = await get("/", state);
    expect(text).toContain("None yet.");
    expect(text).toContain('data-status="failing"');
  });

  test("text from outside never becomes markup, and only web addresses become links", async () => {
    const hostile = '"><script>alert(1)</script>';
    const [event] = sampleState().story;
    const [commit] = sampleState().commits;
    if (event === undefined || commit === undefined) throw new Error("the sample is empty");
    const pull = sampleState().pull;
    const { text } = await get(
      "/",
      sampleState({
        scenario: hostile,
        story: [{ ...event, event: hostile, message: hostile }],
        commits: [{ ...commit, subject: hostile, author: hostile, trailers: [hostile] }],
        links: [{ label: "bad", url: "javascript:alert(1)" }],
        chart: { ...sampleState().chart, marks: [{ at: sampleState().startedAt, label: hostile, tone: "bad" }] },
        ...(pull === undefined ? {} : { pull: { ...pull, title: hostile, diff: hostile, branch: hostile } }),
      }),
    );
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("javascript:alert");
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  test("allows nothing from elsewhere and no inline script or style", async () => {
    const { response, text } = await get("/", sampleState());
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none';/);
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
    expect(text).not.toMatch(/\sstyle=|\son[a-z]+=/);
    expect(text).not.toMatch(/(src|href)="https?:\/\/(?!127\.0\.0\.1)/);
  });

  test("the refreshed content tells the script when the demo has ended", async () => {
    const { response, text } = await get("/content", sampleState({ outcome: "running" }));
    expect(response.headers.get("x-demo-outcome")).toBe("running");
    expect(text).not.toContain("<html");
    expect(text).toContain('id="chart"');
  });

  test("says that a port is taken instead of taking another", async () => {
    page = await startPage(0, () => sampleState());
    const port = Number(new URL(page.url).port);
    await expect(startPage(port, () => sampleState())).rejects.toThrow("EADDRINUSE");
  });
});
