/** Builders: a candidate that nothing speaks against, and the policy that grants it. */
import type { Candidate } from "../../src/actions/candidate.ts";
import type { Authority, Grant } from "../../src/authority/authority.ts";
import type { AuthorityState, DecideInput } from "../../src/authority/decide.ts";
import { defaultLimits } from "../../src/authority/defaults.ts";
import type { PastRemediation } from "../../src/authority/past-remediation.ts";
import type { Incident } from "../../src/incidents/incident.ts";

export const now = Date.parse("2026-11-20T10:00:00Z");
export const minute = 60_000;
export const hour = 60 * minute;
export const revision = "b".repeat(40);
export const target = { service: "checkout", environment: "production", namespace: "shop" };
export const path = "apps/checkout/kustomization.yaml";

export function candidate(change: Partial<Candidate> = {}): Candidate {
  return {
    action: "rollback",
    target,
    effects: [],
    files: [{ path, before: "newTag: v1.5.0\n", after: "newTag: v1.4.2\n" }],
    title: "roll back checkout in production to v1.4.2",
    confidence: 0.95,
    risks: [],
    reasons: [],
    evidence: [],
    suspect: "a".repeat(40),
    digest: "3f2a9c1b40de",
    ...change,
  };
}

export function grant(change: Partial<Grant> = {}): Grant {
  return {
    name: "checkout-rollback",
    match: { environments: ["production"], services: ["checkout"], namespaces: ["*"], actions: ["rollback"] },
    tier: "merge",
    mode: "enforce",
    vetoWindowMs: 5 * minute,
    limits: defaultLimits,
    requires: { approvals: 1, permission: "write", maxAgeMs: 30 * 60_000 },
    when: [],
    ...change,
  };
}

export function policy(grants: readonly Grant[], change: Partial<Authority> = {}): AuthorityState {
  const authority = { name: "payments", version: 14, grants, barriers: [], freeze: [], ...change };
  return { kind: "present", authority, digest: "0123456789ab", revision };
}

export function incident(lastFiringAt = now - minute, status: "firing" | "resolved" = "firing"): Incident {
  const alert = {
    source: "prometheus",
    fingerprint: "828c936db785396a",
    startsAt: now - 5 * minute,
    labels: {},
    annotations: {},
    status,
    firstSeenAt: now - 5 * minute,
    lastFiringAt,
    resolvedAt: status === "resolved" ? now : undefined,
  };
  const openedAt = now - 5 * minute;
  return { id: "checkout-production-3f2a9c1b40de", repository: "acme/shop", target, openedAt, alerts: [alert] };
}

export function record(ago: number, change: Partial<PastRemediation> = {}): PastRemediation {
  return { at: now - ago, incident: "checkout-production-000000000000", target: "checkout/production", ...change };
}

export function decideInput(change: Partial<DecideInput> = {}): DecideInput {
  return {
    candidate: candidate(),
    authority: policy([grant()]),
    records: [],
    stop: { active: false },
    storm: { sickServices: 1, knownServices: 40, changesUnderWay: 0 },
    now,
    incident: incident(),
    attempts: 0,
    kind: "fix",
    ...change,
  };
}
