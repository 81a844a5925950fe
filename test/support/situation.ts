/** Builders for a situation in the middle of an incident; each test says only what matters to it. */
import type { Candidate } from "../../src/actions/candidate.ts";
import type { Tier, Verdict } from "../../src/authority/verdict.ts";
import type { Incident, IncidentAlert } from "../../src/incidents/incident.ts";
import type { PullView, RepositoryView } from "../../src/remediation/forge.ts";
import type { Remediation, Response } from "../../src/remediation/response.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import type { Assessment, Situation } from "../../src/remediation/situation.ts";

export const t0 = Date.parse("2026-11-20T10:00:00Z");
export const minute = 60_000;
export const base = "b".repeat(40);
export const commit = "c".repeat(40);
export const mergeCommit = "d".repeat(40);

const target = { service: "checkout", environment: "production", namespace: "shop" };

export function alert(change: Partial<IncidentAlert> = {}): IncidentAlert {
  return {
    source: "prometheus",
    fingerprint: "828c936db785396a",
    startsAt: t0,
    labels: { alertname: "HighErrorRate", service: "checkout" },
    annotations: {},
    status: "firing",
    firstSeenAt: t0,
    lastFiringAt: t0,
    resolvedAt: undefined,
    ...change,
  };
}

export const resolvedAlert = (at: number) => alert({ status: "resolved", resolvedAt: at });

export function incident(change: Partial<Incident> = {}): Incident {
  return {
    id: "checkout-production-3f2a9c1b40de",
    repository: "acme/shop",
    target,
    openedAt: t0,
    alerts: [alert()],
    ...change,
  };
}

export function candidate(change: Partial<Candidate> = {}): Candidate {
  return {
    action: "rollback",
    target,
    effects: [],
    files: [{ path: "apps/checkout/kustomization.yaml", before: "newTag: v1.5.0\n", after: "newTag: v1.4.2\n" }],
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

export function verdict(tier: Tier, change: Partial<Verdict> = {}): Verdict {
  return {
    tier,
    operands: [{ name: "grant", tier, reason: { code: "grant", message: `granted ${tier}` } }],
    policy: { digest: "0123456789ab", revision: base, version: 1 },
    approvals: { count: 1, permission: "write", maxAgeMs: 30 * minute },
    vetoWindowMs: 5 * minute,
    ...change,
  };
}

/** A plan for a change, made a minute after the alert; its type says that it isn't an abstention. */
export function planned(tier: Tier, change: Partial<Verdict> = {}) {
  const outcome = { kind: "change" as const, candidate: candidate(), verdict: verdict(tier, change) };
  return { at: t0 + minute, base, suspects: [], outcome };
}

export function remediation(change: Partial<Remediation> = {}): Remediation {
  return {
    kind: "fix",
    candidate: candidate(),
    verdict: verdict("merge"),
    base,
    branch: "remit/rollback/checkout-production/3f2a9c1b40de",
    decidedAt: t0 + minute,
    pullNumber: 7,
    commit,
    merged: undefined,
    delivered: undefined,
    observations: [],
    ended: undefined,
    ...change,
  };
}

export function response(change: Partial<Response> = {}): Response {
  return {
    plan: undefined,
    remediations: [],
    issueNumber: undefined,
    toldAt: undefined,
    lastView: undefined,
    timeline: [],
    requests: 0,
    escalated: undefined,
    closed: undefined,
    ...change,
  };
}

export function pull(change: Partial<PullView> = {}): PullView {
  return {
    id: "PR_7",
    number: 7,
    state: "open",
    head: commit,
    url: "https://github.example/acme/shop/pull/7",
    body: "",
    createdAt: t0 + minute,
    mergeState: "clean",
    mergeCommit: undefined,
    mergedAt: undefined,
    checks: [{ name: "remit/gate", state: "success", required: true, ours: true }],
    commits: [{ id: commit, byUs: true }],
    reviews: [],
    ...change,
  };
}

export function view(change: Partial<RepositoryView> = {}): RepositoryView {
  return {
    repositoryId: "R_1",
    defaultBranch: "main",
    head: base,
    nameWithOwner: "acme/shop",
    archived: false,
    stopFile: false,
    stopIssue: undefined,
    branchHead: commit,
    branchId: "REF_1",
    pull: pull(),
    issue: undefined,
    suspectAuthors: { logins: ["alice"], known: true },
    ...change,
  };
}

export function assessment(change: Partial<Assessment> = {}): Assessment {
  return {
    head: base,
    obstacle: undefined,
    verdict: verdict("merge"),
    gate: { conclusion: "success", title: "within authority", reasons: [] },
    ...change,
  };
}

export function situation(change: Partial<Situation> = {}): Situation {
  return {
    now: t0 + 2 * minute,
    incident: incident(),
    response: response(),
    settings: defaultSettings,
    stopEnvironment: false,
    knownHead: base,
    view: undefined,
    placeFree: false,
    assessment: undefined,
    permissions: new Map(),
    images: [],
    delivery: { applied: undefined, failed: undefined, health: "unknown" },
    ...change,
  };
}

/** An open pull request of ours, judged and with its gate reported. */
export function open(change: Partial<Situation> = {}, current: Partial<Remediation> = {}): Situation {
  return situation({
    response: response({ remediations: [remediation(current)], issueNumber: 6 }),
    view: view(),
    assessment: assessment(),
    ...change,
  });
}

export const merged = { at: t0 + 5 * minute, commit: mergeCommit };
export const delivered = { at: t0 + 8 * minute, revision: mergeCommit, application: "checkout-production" };
