import { describe, expect, test } from "vitest";
import { correlate } from "../../src/incidents/correlate.ts";
import {
  expiredLease,
  expiredLeaseOf,
  isExpiry,
  isPutOff,
  type LeaseEndTold,
  leaseAlert,
  leaseEndsAt,
} from "../../src/incidents/lease-alert.ts";
import { toIncidentAlert } from "../../src/incidents/merge-alert.ts";
import { alert, incident, minute, t0 } from "../support/situation.ts";

const told = (change: Partial<LeaseEndTold> = {}): LeaseEndTold => ({
  repository: "acme/shop",
  target: { service: "checkout", environment: "production", namespace: "shop" },
  commit: "a".repeat(40),
  startsAt: t0,
  expiresAt: t0,
  over: false,
  observedAt: t0 + minute,
  ...change,
});
const { target } = told();
const ended = (commit: string, startsAt = t0) => leaseAlert(told({ commit, startsAt }));
const lease = (commit: string, startsAt = t0) => toIncidentAlert(leaseAlert(told({ commit, startsAt })));

describe("the end of a lease is told", () => {
  test("as an alert that fires from its expiry on", () => {
    expect(leaseAlert(told())).toStrictEqual({
      kind: "alert",
      source: "remit",
      repository: "acme/shop",
      fingerprint: expect.any(String),
      status: "firing",
      labels: {
        alertname: "LeaseExpired",
        severity: "info",
        lease: "a".repeat(40),
        service: "checkout",
        environment: "production",
        namespace: "shop",
      },
      annotations: { expiresAt: new Date(t0).toISOString() },
      startsAt: t0,
      endsAt: undefined,
      observedAt: t0 + minute,
    });
  });

  test("that ends when the change is taken back", () => {
    expect(leaseAlert(told({ over: true }))).toMatchObject({ status: "resolved", startsAt: t0, endsAt: t0 + minute });
  });

  test("in an incident of its own, though two end at one moment", () => {
    const [first, second] = ["first", "second"].map((commit) => correlate([], ended(commit), target).incident);
    expect(first?.id).not.toBe(second?.id);
    expect(correlate([], ended("first"), target).incident).toEqual(first);
    const told = correlate(first === undefined ? [] : [first], ended("second"), target);
    expect(told).toEqual({ incident: undefined, change: "unchanged" });
  });

  test("beside no other trouble of its target, but by the incident that it has opened", () => {
    const trouble = incident();
    expect(correlate([trouble], ended("abc"), trouble.target).incident).toBeUndefined();
    const own = incident({ alerts: [lease("abc"), alert()] });
    expect(correlate([own], ended("abc", t0 + minute), own.target)).toMatchObject({ change: "updated" });
    // Whatever its labels say, another source's is no lease's.
    const other = { ...ended("abc"), source: "prometheus" };
    expect(correlate([trouble], other, trouble.target).change).toBe("updated");
  });

  test("without labels for what a target hasn't", () => {
    const target = { service: "checkout", environment: undefined, namespace: undefined };
    expect(Object.keys(leaseAlert(told({ target })).labels)).toEqual(["alertname", "severity", "lease", "service"]);
  });

  test("by one alert for each commit", () => {
    const fingerprints = ["a", "b", "a"].map((commit) => leaseAlert(told({ commit })).fingerprint);
    expect(new Set(fingerprints).size).toBe(2);
  });
});

describe("a lease's time is over", () => {
  const holding = (...alerts: readonly ReturnType<typeof alert>[]) => incident({ alerts });

  test("where Remit itself says so, and nobody else", () => {
    expect(expiredLeaseOf(lease("abc"))).toBe("abc");
    expect(expiredLeaseOf({ ...lease("abc"), source: "prometheus" })).toBeUndefined();
    expect(isExpiry(holding(lease("abc")))).toBe(true);
    expect(isExpiry(holding({ ...lease("abc"), source: "prometheus" }))).toBe(false);
    expect(isExpiry(undefined)).toBe(false);
  });

  test("and of several the one that expired first ends first", () => {
    const [early, late] = [lease("early", t0), lease("late", t0 + minute)];
    expect(expiredLease(holding(early, late))).toBe("early");
    expect(expiredLease(holding(late, early))).toBe("early");
  });

  test("but nothing ends while anything else fires, listed or not", () => {
    expect(expiredLease(holding(lease("abc"), alert()))).toBeUndefined();
    expect(expiredLease(holding(alert(), lease("abc")))).toBeUndefined();
    const unlisted = { firing: { other: t0 }, lastFiringAt: t0 };
    expect(expiredLease({ ...holding(lease("abc")), unlisted })).toBeUndefined();
  });

  test("and then it is put off", () => {
    expect(isPutOff(holding(lease("abc"), alert()))).toBe(true);
    expect(isPutOff({ ...holding(lease("abc")), unlisted: { firing: { other: t0 }, lastFiringAt: t0 } })).toBe(true);
    expect(isPutOff(holding(lease("abc")))).toBe(false);
    expect(isPutOff(holding(alert()))).toBe(false);
    expect(isPutOff(holding({ ...lease("abc"), status: "resolved" }, alert()))).toBe(false);
  });

  test("was to be when the lease expires, however often, and by whatever clock, it was put off since", () => {
    const putOff = toIncidentAlert(leaseAlert(told({ startsAt: t0 + 180 * minute, expiresAt: t0 })));
    expect(leaseEndsAt(holding(putOff))).toBe(t0);
    const later = toIncidentAlert(
      leaseAlert(told({ commit: "b".repeat(40), startsAt: t0 + minute, expiresAt: t0 + minute })),
    );
    expect(leaseEndsAt(holding(later, putOff))).toBe(t0);
    expect(leaseEndsAt(holding({ ...putOff, annotations: {} }))).toBe(putOff.startsAt);
    expect(leaseEndsAt(holding(alert()))).toBeUndefined();
  });

  test("once the other trouble is over, until it is taken back itself", () => {
    const other = alert({ status: "resolved", resolvedAt: t0 });
    expect(expiredLease(holding(lease("abc"), other))).toBe("abc");
    expect(expiredLease(holding({ ...lease("abc"), status: "resolved" }))).toBeUndefined();
  });
});
