import { describe, expect, test } from "vitest";
import type { ClusterEvent } from "../../../src/sandbox/cluster/cluster-event.ts";
import { jsonLine } from "../../../src/sandbox/demo/json-line.ts";
import { jumpClock } from "../../../src/sandbox/demo/jump-clock.ts";
import { observeCluster } from "../../../src/sandbox/demo/observe-cluster.ts";
import { pageOf } from "../../../src/sandbox/demo/page-of.ts";
import { createStory } from "../../../src/sandbox/demo/story.ts";

const start = Date.UTC(2026, 10, 21, 12);
const revision = "a".repeat(40);
const at = (seconds: number) => start + seconds * 1_000;

function told() {
  let now = start;
  const story = createStory(jumpClock({ now: () => now }));
  const tell = observeCluster(story, "checkout");
  const events: ClusterEvent[] = [
    { kind: "deployed", at: at(0), service: "checkout", version: "v1.4.2", revision },
    { kind: "deployed", at: at(0), service: "cart", version: "v2.8.1", revision },
    { kind: "deployed", at: at(5), service: "checkout", version: "v1.5.0", revision },
    { kind: "alert-pending", at: at(6), alert: "HighErrorRate", service: "checkout" },
    {
      kind: "alert-firing",
      at: at(8),
      alert: "HighErrorRate",
      service: "checkout",
      detail: "60 % of requests fail",
    },
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
  scenario: { name: "bad-deploy" as const, summary: "a bad version", bad: "v1.5.0" },
  clock: jumpClock({ now: () => at(10) }),
  story: told(),
  service: "checkout",
  version: "v1.5.0",
  pods: 3,
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
    const story = createStory(jumpClock({ now: () => start }));
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
      ["v1.5.0 runs", "plain"],
      ["alert", "bad"],
    ]);
    expect(chart.runs).toEqual([
      { at: at(0), label: "v1.4.2", tone: "good" },
      { at: at(5), label: "v1.5.0", tone: "bad" },
    ]);
  });

  test("what is jumped over takes no room in the chart, and has a mark", () => {
    let now = start;
    const clock = jumpClock({ now: () => now });
    const story = createStory(clock);
    const tell = observeCluster(story, "checkout");
    const moved = (seconds: number) => {
      now = at(seconds);
      return clock.now();
    };
    tell({ kind: "deployed", at: moved(0), service: "checkout", version: "v1.4.2", revision });
    tell({ kind: "scaled", at: moved(2), service: "checkout", pods: 6 });
    clock.jump(4 * 3_600_000);
    story.add({ event: "later", actor: "clock", message: "four hours pass", data: { words: "four hours" } });
    tell({ kind: "scaled", at: moved(3), service: "checkout", pods: 3 });
    tell({ kind: "scaled", at: moved(3), service: "cart", pods: 9 });
    const later = [...samples.slice(0, 3), { at: clock.now(), total: 40, failed: 0 }];
    const scenario = { name: "traffic-spike" as const, summary: "more", bad: undefined };
    const page = pageOf({ ...sources(), scenario, clock, story, samples: later, now: clock.now() });
    expect(page.now).toBe(at(3));
    expect(page.chart.points.map((point) => point.at)).toEqual([at(0), at(1), at(2), at(3)]);
    expect(page.chart.marks).toEqual([{ at: at(2), label: "four hours later", tone: "plain" }]);
    expect(page.chart.runs).toEqual([
      { at: at(0), label: "v1.4.2", tone: "plain" },
      { at: at(2), label: "6 pods", tone: "plain" },
      { at: at(3), label: "3 pods", tone: "plain" },
    ]);
    expect(page.story.map(({ seconds }) => seconds)).toEqual([0, 2, 2, 3]);
  });

  test("a switch that breaks it is marked at the moment at which pods run with it", () => {
    const story = told();
    const tell = observeCluster(story, "checkout");
    const what = "EXPRESS_CHECKOUT=true";
    tell({ kind: "reconfigured", at: at(9), service: "checkout", what, revision });
    tell({ kind: "reconfigured", at: at(9), service: "cart", what, revision });
    const scenario = { name: "bad-flag" as const, summary: "a flag", bad: what };
    const { chart } = pageOf({ ...sources(), scenario, story });
    expect(chart.marks.map(({ at: moment, label }) => [moment, label])).toContainEqual([at(9), `${what} runs`]);
    expect(chart.runs.at(-1)).toEqual({ at: at(9), label: what, tone: "bad" });
    expect(chart.runs).toHaveLength(3);
  });

  test("the moment at which the kernel begins to kill has a mark, and the memory that was given names what runs", () => {
    const story = told();
    const tell = observeCluster(story, "checkout");
    for (const service of ["cart", "checkout"]) {
      tell({ kind: "oom-killed", at: at(8), service, memory: "256Mi" });
      tell({ kind: "reconfigured", at: at(9), service, what: "384Mi of memory", revision });
    }
    const { chart } = pageOf({ ...sources(), story });
    expect(chart.marks.filter(({ label }) => label === "killed").map((mark) => mark.at)).toEqual([at(8)]);
    expect(chart.runs.slice(2).map(({ label }) => label)).toEqual(["384Mi of memory"]);
  });

  test("a long story has a bounded number of points and keeps the newest", () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ at: at(index / 10), total: index, failed: 0 }));
    const { chart } = pageOf({ ...sources(), samples: many, now: at(1_000) });
    expect(chart.points.length).toBeLessThanOrEqual(302);
    expect(chart.points.at(-1)?.at).toBe(many.at(-1)?.at);
  });
});
