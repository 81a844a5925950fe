/** Incidents at every stage, as the page meets them. */
import type { IncidentRecord } from "../../../src/store/store.ts";
import {
  alert,
  candidate,
  incident,
  mergeCommit,
  minute,
  planned,
  remediation,
  resolvedAlert,
  response,
  t0,
  verdict,
} from "../../support/situation.ts";

type Sample = Pick<IncidentRecord, "incident" | "response">;

const at = (service: string, environment = "production") => ({ service, environment, namespace: "shop" });

const before = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
images:
  - name: registry.example/shop/checkout
    newTag: v1.5.0
`;
const files = [
  { path: "apps/checkout/overlays/production/kustomization.yaml", before, after: before.replace("v1.5.0", "v1.4.2") },
];

const operands = [
  {
    name: "grant" as const,
    tier: "merge" as const,
    reason: { code: "grant" as const, message: "granted merge by shop-rollback" },
  },
  {
    name: "evidence" as const,
    tier: "merge" as const,
    reason: { code: "within-limits" as const, message: "two sources say so" },
  },
  {
    name: "cooldown" as const,
    tier: "merge" as const,
    reason: { code: "within-limits" as const, message: "nothing was done here in the last 30 min" },
  },
];

/** Its change is merged, and waits for the controller. */
export function atWork(): Sample {
  const change = remediation({
    candidate: candidate({ files }),
    verdict: verdict("merge", { operands }),
    merged: { at: t0 + 4 * minute, commit: mergeCommit },
  });
  return {
    incident: incident({
      alerts: [alert({ annotations: { summary: "4.1 % of checkout's requests fail, for 5 minutes" }, startsAt: t0 })],
    }),
    response: response({
      plan: planned("merge"),
      remediations: [change],
      issueNumber: 6,
      timeline: [
        { at: t0, event: "opened", message: "HighErrorRate fires for checkout in production" },
        {
          at: t0 + minute,
          event: "planned",
          message: "v1.5.0 was deployed 3 min before the alert: roll back to v1.4.2",
        },
        { at: t0 + 2 * minute, event: "proposed", message: "opened pull request #7" },
        { at: t0 + 4 * minute, event: "merged", message: "merged as dddddddddddd, every required check is green" },
      ],
    }),
  };
}

/** Nobody has reacted to the call. */
export function unanswered(): Sample {
  const reasons = [{ code: "no-recent-change" as const, message: "nothing of payment changed in the last 6 h" }];
  return {
    incident: incident({
      id: "payment-production-00aa11bb22cc",
      target: at("payment"),
      openedAt: t0 + 5 * minute,
      alerts: [
        alert({
          labels: { alertname: "LatencyHigh", service: "payment" },
          fingerprint: "f2",
          startsAt: t0 + 5 * minute,
        }),
      ],
    }),
    response: response({
      plan: {
        at: t0 + 6 * minute,
        base: "b".repeat(40),
        suspects: [],
        outcome: { kind: "abstain", reasons, escalateTo: ["carol", "acme/payments"] },
      },
      issueNumber: 9,
      escalated: { at: t0 + 6 * minute, reasons, again: { times: 1, at: t0 + 16 * minute } },
      timeline: [
        { at: t0 + 5 * minute, event: "opened", message: "LatencyHigh fires for payment in production" },
        { at: t0 + 6 * minute, event: "escalated", message: "called carol and acme/payments" },
      ],
    }),
  };
}

/** Over: it helped. */
export function recovered(): Sample {
  const start = t0 - 26 * 60 * minute;
  const fix = remediation({
    candidate: candidate({ files, target: at("cart"), title: "roll back cart in production to v2.0.7" }),
    verdict: verdict("merge", { operands }),
    decidedAt: start + minute,
    pullNumber: 4,
    merged: { at: start + 2 * minute, commit: mergeCommit },
    delivered: { at: start + 4 * minute, revision: mergeCommit, application: "cart" },
    ended: {
      at: start + 8 * minute,
      outcome: "recovered",
      reason: { code: "recovered", message: "its alerts resolved and stayed so" },
    },
  });
  return {
    incident: incident({
      id: "cart-production-99aa88bb77cc",
      target: at("cart"),
      openedAt: start,
      alerts: [resolvedAlert(start + 7 * minute)],
    }),
    response: response({
      remediations: [fix],
      issueNumber: 3,
      timeline: [
        { at: start, event: "opened", message: "HighErrorRate fires for cart in production" },
        { at: start + 8 * minute, event: "closed", message: "closed: recovered" },
      ],
      closed: { at: start + 8 * minute, outcome: "recovered", reasons: [] },
    }),
  };
}

/** Over: some of each week before, so that there is something to compare. */
export function pastWeeks(): readonly Sample[] {
  const week = 7 * 24 * 60 * minute;
  return Array.from({ length: 9 }, (_, number) => {
    const { incident: cart, response: its } = recovered();
    const openedAt = cart.openedAt - (1 + (number % 5)) * week;
    const quick = 1 + (number % 4);
    const moved = its.remediations.map((fix) => ({
      ...fix,
      decidedAt: openedAt + quick * minute,
      merged: { at: openedAt + 3 * quick * minute, commit: mergeCommit },
      ended: fix.ended && { ...fix.ended, at: openedAt + 9 * quick * minute },
    }));
    const outcome =
      (["recovered", "handed-off", "resolved-without-change", "abstained"] as const)[number % 4] ?? "recovered";
    const closed = { at: openedAt + 40 * minute, outcome, reasons: [] };
    const id = `cart-production-00000000000${number}`;
    const isFixed = outcome === "recovered";
    return {
      incident: {
        ...cart,
        id,
        openedAt,
        alerts: cart.alerts.map((each) => ({ ...each, fingerprint: id, startsAt: openedAt })),
      },
      response: { ...its, closed, remediations: isFixed ? moved : [] },
    };
  });
}
