/** The whole loop, in every scenario, over HTTP and real git: the alert, the pull request, the merge, and what became of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { gitReader } from "../../../src/sandbox/cluster/git-reader.ts";
import type { DemoEnd } from "../../../src/sandbox/demo/demo-end.ts";
import { jumpClock } from "../../../src/sandbox/demo/jump-clock.ts";
import { instantPace } from "../../../src/sandbox/demo/pace.ts";
import type { ScenarioName } from "../../../src/sandbox/demo/scenario.ts";
import { scenarios } from "../../../src/sandbox/demo/scenarios.ts";
import { overlayFile } from "../../../src/sandbox/demo/shop-files.ts";
import { badRelease } from "../../../src/sandbox/demo/shop-history.ts";
import { type Demo, startDemo } from "../../../src/sandbox/demo/start-demo.ts";
import { createStory, type Story } from "../../../src/sandbox/demo/story.ts";

let demo: Demo | undefined;
let directory: string | undefined;
afterEach(async () => {
  await demo?.close();
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});

async function play(name: ScenarioName): Promise<{ end: DemoEnd; story: Story }> {
  directory = mkdtempSync(join(tmpdir(), "remit-demo-test-"));
  const clock = jumpClock(systemClock);
  const story = createStory(clock);
  const options = { scenario: scenarios[name], pace: instantPace, directory, port: 0, clock, story };
  demo = await startDemo(options);
  const end = await demo.run();
  expect(end.violations).toEqual([]);
  return { end, story };
}

const eventsOf = (story: Story) => story.events.map(({ event }) => event);

/** In this order, others in between. */
function expectInOrder(events: readonly string[], wanted: readonly string[]): void {
  let from = 0;
  for (const event of wanted) {
    const at = events.indexOf(event, from);
    expect(at, `${event} after ${events.slice(0, from).join(", ")} in ${events.join(", ")}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
}

describe("the demo", { timeout: 150_000 }, () => {
  test("a bad deploy is rolled back unattended, byte for byte, with at most 8 requests, a token, and 3 that begin the ledger", async () => {
    const { end, story } = await play("bad-deploy");
    expect(end.findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(end).toMatchObject({ recovered: true, why: "" });
    expect(end.requests).toBeLessThanOrEqual(12);
    expect(end.requests).toBeGreaterThan(0);
    const told = ["released", "alert-firing", "opened", "proposed", "merged", "delivered", "recovered", "closed"];
    expectInOrder(eventsOf(story), told);
    expect(eventsOf(story)).toContain("alert-resolved");
    expect(end.commits[0]).toMatchObject({ author: "remit[bot]" });
    expect(end.commits[0]?.trailers).toEqual(expect.arrayContaining([expect.stringMatching(/^Remit-Tier: merge$/)]));
  });

  test("more pods are allowed while the customers are many, and it is taken back when its time is over, byte for byte", async () => {
    const { end, story } = await play("traffic-spike");
    expect(end.findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(end).toMatchObject({ recovered: true, why: "" });
    // Two changes, with a token each, and the ledger's beginning; what ends in between is recorded by itself.
    expect(end.requests).toBeLessThanOrEqual(22);
    const once = ["alert-firing", "opened", "proposed", "merged", "delivered", "recovered", "closed"];
    expectInOrder(eventsOf(story), ["traffic", ...once, "traffic", "later", ...once.slice(1)]);
    expect(story.events.filter(({ event }) => event === "alert-firing")).toHaveLength(1);
    const pods = story.events.flatMap(({ event, data }) => (event === "scaled" ? [data.pods] : []));
    expect(pods).toEqual([6, 9, 3]);
    const most = story.events.flatMap(({ event, data }) => (event === "bounds-changed" ? [data.most] : []));
    expect(most).toEqual([9, 6]);
    const actions = end.commits.map(({ trailers }) => trailers.find((line) => line.startsWith("Remit-Action")));
    expect(actions.slice(0, 2)).toEqual(["Remit-Action: undo", "Remit-Action: scale"]);
    expect(end.commits[1]?.trailers).toEqual(expect.arrayContaining([expect.stringMatching(/^Remit-Expires: /)]));
    // Nobody who watches waits for four hours.
    expect(story.events.at(-1)?.seconds).toBeLessThan(600);
  });

  test("what is killed for want of memory gets a half more, in limit and request", async () => {
    const { end, story } = await play("oom");
    expect(end.findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(end).toMatchObject({ recovered: true, why: "" });
    expect(end.requests).toBeLessThanOrEqual(12);
    expectInOrder(eventsOf(story), ["traffic", "oom-killed", "alert-firing", "proposed", "reconfigured", "recovered"]);
    expect(end.commits[0]?.trailers).toContain("Remit-Action: resize");
  });

  test("when that runs out, too, it is a leak: no more is given, and the runbook's person is called", async () => {
    const { end, story } = await play("oom-leak");
    expect(end.recovered).toBe(false);
    expect(end.why).toContain("its memory was raised within the last seven days and ran out again");
    expectInOrder(eventsOf(story), ["later", "proposed", "recovered", "later", "alert-firing", "opened", "escalated"]);
    expect(eventsOf(story).filter((event) => event === "proposed")).toHaveLength(1);
    const failed = end.findings.filter(({ ok }) => !ok);
    expect(failed.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^after twenty more: \d+ of 25 requests/),
    ]);
    const github = story.events.find(({ event }) => event === "ready")?.data.github;
    const issue = await (await fetch(`${String(github)}/acme/shop/issues/3`)).text();
    expect(issue).toContain("@carol");
    expect(issue).toContain("Look for what grows without an end");
  });

  test("a policy that only proposes waits for bob's approval, and merges then", async () => {
    const { end, story } = await play("needs-review");
    expect(end.findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(end.recovered).toBe(true);
    expectInOrder(eventsOf(story), ["proposed", "approved", "merged", "recovered"]);
  });

  test("a fix that doesn't help is undone once, a person is called, and the demo says that it failed", async () => {
    const { end, story } = await play("fix-does-not-help");
    expect(end.recovered).toBe(false);
    expect(end.why).toMatch(/^Remit called a person/);
    expect(eventsOf(story).filter((event) => event === "proposed")).toHaveLength(2);
    expect(eventsOf(story).filter((event) => event === "escalated")).toHaveLength(1);
    const git = gitReader(end.repository);
    const head = (await git.head("main")) ?? "";
    const file = overlayFile("checkout", "production");
    expect(await git.read(head, file)).toBe(badRelease(0).files[file]);
  });

  test("a fix that was never delivered is not undone: a person is called", async () => {
    const { end, story } = await play("undelivered");
    expect(end.recovered).toBe(false);
    expectInOrder(eventsOf(story), ["merged", "escalated"]);
    expect(eventsOf(story).filter((event) => event === "proposed")).toHaveLength(1);
    expect(end.findings.find(({ message }) => message.startsWith("main says"))?.ok).toBe(true);
  });

  test("an interruption ends it, and nothing is left listening", async () => {
    directory = mkdtempSync(join(tmpdir(), "remit-demo-test-"));
    const stopping = new AbortController();
    const clock = jumpClock(systemClock);
    const story = createStory(clock);
    const pace = { ...instantPace, quietMs: 60_000 };
    const scenario = scenarios["bad-deploy"];
    const { signal } = stopping;
    const started = await startDemo({ scenario, pace, directory, port: 0, clock, story, signal });
    const running = started.run();
    stopping.abort();
    await expect(running).rejects.toThrow();
    await started.close();
    await expect(fetch(started.pageUrl)).rejects.toThrow();
  });
});
