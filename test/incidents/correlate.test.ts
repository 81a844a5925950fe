import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firingAlerts, isFiring, lastFiringAt, troubleAt } from "../../src/incidents/alert-state.ts";
import { correlate } from "../../src/incidents/correlate.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import type { AlertSignal } from "../../src/signals/signal.ts";
import type { Target } from "../../src/target.ts";

const target: Target = { service: "checkout", environment: "production", namespace: "shop" };
const t0 = Date.parse("2026-11-20T10:00:00Z");
const minute = 60_000;

function signal(change: Partial<AlertSignal> = {}): AlertSignal {
  return {
    kind: "alert",
    source: "prometheus",
    repository: "acme/shop",
    fingerprint: "828c936db785396a",
    status: "firing",
    labels: { alertname: "HighErrorRate", service: "checkout" },
    annotations: {},
    startsAt: t0,
    endsAt: undefined,
    observedAt: t0 + minute,
    ...change,
  };
}

const resolved = (change: Partial<AlertSignal> = {}) =>
  signal({ status: "resolved", endsAt: t0 + 9 * minute, observedAt: t0 + 10 * minute, ...change });

function play(signals: readonly AlertSignal[], open: readonly Incident[] = []): Incident | undefined {
  let incidents = [...open];
  for (const alert of signals) {
    const { incident } = correlate(incidents, alert, target);
    if (incident !== undefined) incidents = [incident];
  }
  return incidents[0];
}

function opened(...signals: readonly AlertSignal[]): Incident {
  const incident = play(signals);
  if (incident === undefined) throw new Error("no incident was opened");
  return incident;
}

const anySignal = fc
  .record({
    fingerprint: fc.constantFrom("aaaa", "bbbb"),
    source: fc.constantFrom("prometheus", "grafana"),
    status: fc.constantFrom("firing" as const, "resolved" as const),
    startsAt: fc.integer({ min: -3, max: 3 }).map((minutes) => t0 + minutes * minute),
    endsAt: fc.option(
      fc.integer({ min: 4, max: 9 }).map((minutes) => t0 + minutes * minute),
      { nil: undefined },
    ),
    observedAt: fc.integer({ min: -5, max: 12 }).map((minutes) => t0 + minutes * minute),
    annotations: fc.constantFrom({}, { value: "7" }, { value: "8" }),
    labels: fc.constantFrom({ alertname: "HighErrorRate" }, { alertname: "HighLatency" }),
  })
  .map(signal);

const shuffledWithRepeats = fc.array(anySignal, { minLength: 1, maxLength: 8 }).chain((signals) =>
  fc.tuple(
    fc.constant(signals),
    fc
      .tuple(fc.shuffledSubarray(signals, { minLength: signals.length }), fc.shuffledSubarray(signals))
      .map(([all, again]) => [...all, ...again]),
  ),
);

describe("correlate", () => {
  test("any order and repetition of the same signals gives the same incident", () => {
    fc.assert(
      fc.property(shuffledWithRepeats, ([signals, played]) => {
        const first = signal({ fingerprint: "first" });
        expect(play([first, ...played])).toEqual(play([first, ...signals]));
      }),
    );
  });

  test("whichever firing alert is heard of first, only the id can tell", () => {
    fc.assert(
      fc.property(shuffledWithRepeats, ([signals, played]) => {
        const firing = (all: readonly AlertSignal[]) => all.map((one) => ({ ...one, status: "firing" as const }));
        const { id: a, ...one } = opened(...firing(signals));
        const { id: b, ...other } = opened(...firing(played));
        expect(one).toEqual(other);
        if (firing(signals)[0]?.startsAt === firing(played)[0]?.startsAt) expect(a).toBe(b);
      }),
    );
  });

  test("signals that were all applied before change nothing, and say so", () => {
    fc.assert(
      fc.property(fc.array(anySignal, { maxLength: 8 }), (signals) => {
        const incident = opened(signal(), ...signals);
        for (const again of signals) {
          expect(correlate([incident], again, target)).toEqual({ incident, change: "unchanged" });
        }
      }),
    );
  });

  test("the id stays when an alert that began earlier is heard of later", () => {
    const before = opened(signal());
    const after = play([signal({ fingerprint: "earlier", startsAt: t0 - minute })], [before]);
    expect(after?.id).toBe(before.id);
    expect(after?.openedAt).toBe(t0 - minute);
    expect(after?.id).toMatch(/^checkout-production-[0-9a-f]{12}$/);
  });

  test("alerts of any name on one target are one incident (note 32)", () => {
    const incident = opened(
      signal(),
      signal({ fingerprint: "cccc", labels: { alertname: "KubePodCrashLooping" }, startsAt: t0 + minute }),
    );
    expect(incident.alerts).toHaveLength(2);
  });

  test.each([
    ["another repository", signal({ repository: "acme/other" }), target],
    ["another namespace", signal(), { ...target, namespace: "shop-2" }],
    ["another environment", signal(), { ...target, environment: "staging" }],
  ])("%s is another incident, with another id", (_, alert, elsewhere) => {
    const known = opened(signal());
    const { incident, change } = correlate([known], alert, elsewhere);
    expect(change).toBe("opened");
    expect(incident?.id).not.toBe(known.id);
  });

  test("a resolution without an open incident opens none", () => {
    expect(correlate([], resolved(), target)).toEqual({ incident: undefined, change: "unchanged" });
  });

  test("a firing duplicate that arrives after the resolution doesn't open the alert again", () => {
    const incident = opened(signal(), resolved(), signal({ observedAt: t0 + 20 * minute }));
    expect(isFiring(incident)).toBe(false);
    expect(incident.alerts[0]).toMatchObject({ status: "resolved", resolvedAt: t0 + 9 * minute });
  });

  test("a new start of a resolved alert is a new alert of the same incident", () => {
    const again = signal({ startsAt: t0 + 15 * minute, observedAt: t0 + 16 * minute });
    const incident = opened(signal(), resolved(), again);
    expect(incident.alerts).toHaveLength(2);
    expect(isFiring(incident)).toBe(true);
    expect(troubleAt(incident)).toBe(t0 + 15 * minute);
  });

  test("of several open incidents of one target the oldest goes on", () => {
    const older = opened(signal());
    const younger = opened(signal({ startsAt: t0 + minute }));
    expect(correlate([younger, older], resolved(), target).incident?.id).toBe(older.id);
  });
});

describe("alert state", () => {
  test("a start whose end was never reported ends with the next start of the same alert", () => {
    const later = { startsAt: t0 + 30 * minute, observedAt: t0 + 31 * minute };
    const incident = opened(signal(), signal(later), resolved({ ...later, endsAt: t0 + 40 * minute }));
    expect(firingAlerts(incident)).toEqual([]);
    expect(lastFiringAt(incident)).toBeUndefined();
  });

  test("the trouble began with the earliest alert that fires, not with one that is over", () => {
    const other = signal({ fingerprint: "cccc", startsAt: t0 + 5 * minute, observedAt: t0 + 6 * minute });
    const incident = opened(signal(), other, resolved());
    expect(troubleAt(incident)).toBe(t0 + 5 * minute);
    expect(lastFiringAt(incident)).toBe(t0 + 6 * minute);
  });

  test("a resolution alone tells that the alert fired when it started, and no later", () => {
    const [, alone] = opened(signal(), resolved({ fingerprint: "dddd", startsAt: t0 + minute })).alerts;
    expect(alone).toMatchObject({ fingerprint: "dddd", lastFiringAt: t0 + minute, firstSeenAt: t0 + 10 * minute });
  });

  test("when nothing fires any more, the trouble began with the incident", () => {
    expect(troubleAt(opened(signal(), resolved()))).toBe(t0);
  });
});
