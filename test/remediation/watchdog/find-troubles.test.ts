import { describe, expect, it } from "vitest";
import { bounds, findTroubles, type WatchdogFacts } from "../../../src/remediation/watchdog/find-troubles.ts";
import type { Trouble } from "../../../src/remediation/watchdog/trouble.ts";

const now = Date.parse("2026-11-20T10:00:00Z");
const minute = 60_000;
const repository = "acme/shop";
const silenceMs = 15 * minute;

const quiet: WatchdogFacts = {
  now,
  listeningSince: now - 24 * 60 * minute,
  sources: [],
  workedAt: now,
  dueAt: undefined,
  pendingSince: undefined,
  parked: [],
  mirrors: [],
  access: [],
};
const prom = { name: "prom", repository, heardAt: now, silenceMs, alert: "Watchdog" };
const mirror = { repository, fetchedAt: now - 60 * minute, failingSince: undefined, error: undefined };
const find = (change: Partial<WatchdogFacts>) => findTroubles({ ...quiet, ...change });

it("where all is right there is no trouble", () => {
  expect(
    find({
      sources: [prom],
      dueAt: now,
      pendingSince: now,
      mirrors: [mirror],
      access: [{ repository, since: 0, state: { kind: "right" } }],
    }),
  ).toEqual([]);
});

describe("what lasts as long as it may is no trouble, and a moment longer it is", () => {
  const rows: readonly (readonly [Trouble, (agoMs: number) => Partial<WatchdogFacts>, number])[] = [
    [
      { kind: "source-silent", source: "prom", repository, since: 0, detail: "Watchdog" },
      (agoMs) => ({ sources: [{ ...prom, heardAt: now - agoMs }] }),
      silenceMs,
    ],
    [{ kind: "worker-stuck", since: 0 }, (agoMs) => ({ workedAt: now - agoMs }), bounds.workerMs],
    [{ kind: "queue-stuck", since: 0 }, (agoMs) => ({ dueAt: now - agoMs }), bounds.dueMs],
    [{ kind: "inbox-stuck", since: 0 }, (agoMs) => ({ pendingSince: now - agoMs }), bounds.pendingMs],
    [
      { kind: "mirror-stale", repository, since: 0, detail: "no route" },
      (agoMs) => ({ mirrors: [{ ...mirror, fetchedAt: undefined, failingSince: now - agoMs, error: "no route" }] }),
      bounds.mirrorMs,
    ],
  ];
  it.each(rows)("$kind", (trouble, facts, boundMs) => {
    expect(find(facts(boundMs))).toEqual([]);
    expect(find(facts(boundMs + 1))).toEqual([{ ...trouble, since: now - boundMs - 1 }]);
  });
});

it("a source that was never heard is silent since somebody listens", () => {
  const sources = [{ ...prom, heardAt: undefined }];
  expect(find({ sources })).toMatchObject([{ kind: "source-silent", since: quiet.listeningSince }]);
  expect(find({ sources, listeningSince: now - silenceMs })).toEqual([]);
});

it("nobody is silent while nobody listens: after a pause of Remit's each source has its time", () => {
  const sources = [{ ...prom, heardAt: now - 120 * minute }];
  expect(find({ sources, listeningSince: now - minute })).toEqual([]);
});

it("a mirror that nobody fetched for long, without a failure, is no trouble", () => {
  expect(find({ mirrors: [{ ...mirror, fetchedAt: now - 24 * 60 * minute }] })).toEqual([]);
});

it("a mirror in trouble tells when it was last fetched", () => {
  const failing = { ...mirror, failingSince: now - 11 * minute, error: "gone" };
  expect(find({ mirrors: [failing] })).toMatchObject([{ since: mirror.fetchedAt, detail: "gone" }]);
});

it("parked deliveries are told once for each source and repository, for three days", () => {
  const parked = (agoMs: number, source = "prom", of: string | undefined = repository) => ({
    source,
    repository: of,
    receivedAt: now - agoMs,
  });
  expect(
    find({ parked: [parked(minute), parked(2 * minute), parked(0, "argocd"), parked(bounds.parkedMs + 1, "old")] }),
  ).toEqual([
    { kind: "deliveries-parked", source: "prom", repository, since: now - minute },
    { kind: "deliveries-parked", source: "argocd", repository, since: now },
  ]);
});

it("what the App may not do is trouble at once", () => {
  const states = [
    { kind: "app-suspended" },
    { kind: "app-not-installed" },
    { kind: "permission-missing", detail: "issues: write" },
  ] as const;
  for (const state of states)
    expect(find({ access: [{ repository, since: 5, state }] })).toEqual([{ repository, since: 5, ...state }]);
});
