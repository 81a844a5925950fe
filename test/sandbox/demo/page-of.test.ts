import { describe, expect, test } from "vitest";
import type { ClusterEvent } from "../../../src/sandbox/cluster/cluster-event.ts";
import { jsonLine } from "../../../src/sandbox/demo/json-line.ts";
import { observeCluster } from "../../../src/sandbox/demo/observe-cluster.ts";
import { pageOf } from "../../../src/sandbox/demo/page-of.ts";
import { createStory } from "../../../src/sandbox/demo/story.ts";

const start = Date.UTC(2026, 10, 21, 12);
const revision = "a".repeat(40);
const at = (seconds: number) => start + seconds * 1_000;

function told() {
  let now = start;
  const story = createStory({ now: () => now });
  const tell = observeCluster(story, "checkout");
  const events: ClusterEvent[] = [
    { kind: "deployed", at: at(0), service: "checkout", version: "v1.4.2", revision },
    { kind: "deployed", at: at(0), service: "cart", version: "v2.8.1", revision },
    { kind: "deployed", at: at(5), service: "checkout", version: "v1.5.0", revision },
    { kind: "alert-pending", at: at(6), service: "checkout", errorRate: 0.3 },
    { kind: "alert-firing", at: at(8), service: "checkout", errorRate: 0.6 },
    { kind: "notified", at: at(8), what: "alert-firing", accepted: true, detail: "checkout" },
  ];
  for (const event of events) {
    now = event.at;
    tell(event);
  }
  return story;
}

const samples = Array.from({ length: 11 }, (_, second) => ({
  at: at(second),
  total: second * 10,
  failed: Math.max(0, second - 5) * 6,
}));

const sources = () => ({
  scenario: "bad-deploy",
  story: told(),
  service: "checkout",
  version: "v1.5.0",
  samples,
  pointMs: 2_500,
  threshold: 0.05,
  pull: undefined,
  requests: undefined,
  commits: [],
  links: [],
  outcome: "running" as const,
  now: at(10),
});

describe("the story", () => {
  test("tells of the troubled service only, and not of what went as it should", () => {
    expect(told().events.map(({ event, message }) => [event, message])).toEqual([
      ["deployed", "checkout v1.4.2 runs"],
      ["deployed", "checkout v1.5.0 is deployed"],
      ["alert-firing", "HighErrorRate fires for checkout: 60 % of requests fail"],
    ]);
  });

  test("answers with the first event that matches, past or to come", async () => {
    const story = told();
    expect((await story.first(({ event }) => event === "deployed")).data.version).toBe("v1.4.2");
    const coming = story.first(({ event }) => event === "merged");
    story.add({ event: "merged", actor: "remit", message: "Merged" });
    expect((await coming).message).toBe("Merged");
  });

  test("an event is one line of JSON whose own words can't be overwritten by what it carries", () => {
    const story = createStory({ now: () => start });
    story.add({
      event: "verified",
      actor: "demo",
      message: "a\nb",
      data: { requests: 7, event: "other", seconds: 99 },
    });
    const [event] = story.events;
    if (event === undefined) throw new Error("no event");
    const line = jsonLine(event);
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual({
      event: "verified",
      at: "2026-11-21T12:00:00.000Z",
      seconds: 0,
      actor: "demo",
      message: "a\nb",
      requests: 7,
    });
  });
});

describe("what the demo's page shows", () => {
  test("the chart follows the samples, and its marks and versions the story", () => {
    const { chart, service } = pageOf(sources());
    expect(service.errorRate).toBe(0.6);
    expect(chart.points[0]).toEqual({ at: start, errorRate: 0 });
    expect(chart.points.find((point) => point.at === at(5))?.errorRate).toBe(0);
    expect(chart.marks.map(({ label, tone }) => [label, tone])).toEqual([
      ["v1.5.0 deployed", "plain"],
      ["alert", "bad"],
    ]);
    expect(chart.versions).toEqual([
      { at: at(0), version: "v1.4.2", bad: false },
      { at: at(5), version: "v1.5.0", bad: true },
    ]);
  });

  test("a long story has a bounded number of points and keeps the newest", () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ at: at(index / 10), total: index, failed: 0 }));
    const { chart } = pageOf({ ...sources(), samples: many, now: at(1_000) });
    expect(chart.points.length).toBeLessThanOrEqual(302);
    expect(chart.points.at(-1)?.at).toBe(many.at(-1)?.at);
  });
});
