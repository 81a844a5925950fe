import { describe, expect, test } from "vitest";
import {
  expiredLease,
  expiredLeaseOf,
  isExpiry,
  type LeaseEndTold,
  leaseAlert,
} from "../../src/incidents/lease-alert.ts";
import { toIncidentAlert } from "../../src/incidents/merge-alert.ts";
import { alert, incident, minute, t0 } from "../support/situation.ts";

const told = (change: Partial<LeaseEndTold> = {}): LeaseEndTold => ({
  repository: "acme/shop",
  target: { service: "checkout", environment: "production", namespace: "shop" },
  commit: "a".repeat(40),
  expiresAt: t0,
  over: false,
  observedAt: t0 + minute,
  ...change,
});
const lease = (commit: string, expiresAt = t0) => toIncidentAlert(leaseAlert(told({ commit, expiresAt })));

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
      annotations: {},
      startsAt: t0,
      endsAt: undefined,
      observedAt: t0 + minute,
    });
  });

  test("that ends when the change is taken back", () => {
    expect(leaseAlert(told({ over: true }))).toMatchObject({ status: "resolved", startsAt: t0, endsAt: t0 + minute });
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

  test("once the other trouble is over, until it is taken back itself", () => {
    const other = alert({ status: "resolved", resolvedAt: t0 });
    expect(expiredLease(holding(lease("abc"), other))).toBe("abc");
    expect(expiredLease(holding({ ...lease("abc"), status: "resolved" }))).toBeUndefined();
  });
});
