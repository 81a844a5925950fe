/** The texts that people read, whole. The files in test/golden/prose are reviewed like code. */
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../src/actions/candidate.ts";
import type { Suspect } from "../../../src/diagnosis/diagnosis.ts";
import { clockCall } from "../../../src/remediation/prose/clock-call.ts";
import { closingSummary } from "../../../src/remediation/prose/closing-summary.ts";
import { commitMessage } from "../../../src/remediation/prose/commit-message.ts";
import { dashboardBody } from "../../../src/remediation/prose/dashboard-body.ts";
import { gateSummary } from "../../../src/remediation/prose/gate-summary.ts";
import { handoff } from "../../../src/remediation/prose/handoff.ts";
import { issueBody, issueTitle } from "../../../src/remediation/prose/issue-body.ts";
import { leaseComment } from "../../../src/remediation/prose/lease-comment.ts";
import { pullBody } from "../../../src/remediation/prose/pull-body.ts";
import { secondCall } from "../../../src/remediation/prose/second-call.ts";
import { withdrawalComment } from "../../../src/remediation/prose/withdrawal-comment.ts";
import type { Response } from "../../../src/remediation/response.ts";
import {
  alert,
  base,
  candidate,
  commit,
  delivered,
  incident,
  merged,
  minute,
  remediation,
  resolvedAlert,
  response,
  t0,
  verdict,
} from "../../support/situation.ts";
import { agreement, dashboard } from "./any-dashboard.ts";

const file = "apps/checkout/overlays/production/kustomization.yaml";
const manifest = (tag: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources:\n  - ../../base\nimages:\n  - name: registry.example/checkout\n    newTag: ${tag}\nreplicas:\n  - name: checkout\n    count: 3\n`;
const effect = { file, document: 0, path: ["images", 0, "newTag"], line: 8, role: "image-tag" as const };
const field = {
  file,
  document: 0,
  path: effect.path,
  role: effect.role,
  value: "v1.5.0",
  range: [180, 186] as const,
  line: 8,
  sharedWith: [],
  image: "registry.example/checkout",
};
const author = { name: "Alice", email: "alice@acme.example" };
const suspectCommit = {
  id: "a".repeat(40),
  parents: [base],
  author,
  committer: author,
  authoredAt: t0 - 12 * minute,
  committedAt: t0 - 12 * minute,
  message: "checkout v1.5.0",
  files: [],
};

const suspect: Suspect = {
  commit: suspectCommit.id,
  committedAt: suspectCommit.committedAt,
  author: "Alice",
  subject: "checkout v1.5.0, thanks @bob (#41)",
  score: 0.92,
  why: ["it changed the image of checkout 12 min before the first alert"],
  changes: [{ field, commit: suspectCommit, before: "v1.4.2", after: "v1.5.0" }],
  paths: [file],
};
const other: Suspect = {
  ...suspect,
  commit: "e".repeat(40),
  committedAt: t0 - 200 * minute,
  author: "Carol",
  subject: "scale checkout",
  score: 0.11,
  why: [],
  changes: [],
};

const change: Candidate = candidate({
  effects: [{ ...effect, before: "v1.5.0", after: "v1.4.2" }],
  files: [{ path: file, before: manifest("v1.5.0"), after: manifest("v1.4.2") }],
  reasons: [{ code: "healthy-recorded", message: "v1.4.2 was applied and healthy at 2026-11-19 08:00:00 UTC" }],
  evidence: [
    { kind: "commit", at: suspect.committedAt, message: "aaaaaaaaaaaa set newTag to v1.5.0" },
    { kind: "alert", at: t0, message: "HighErrorRate fires" },
    { kind: "health", at: t0 - 10 * minute, message: "checkout-production was applied at aaaaaaaaaaaa" },
  ],
  rendered: {
    kind: "rendered",
    by: ["kustomize v5.5.0"],
    effects: [{ object: "Deployment shop/checkout", field: "image", from: "checkout:v1.5.0", to: "checkout:v1.4.2" }],
  },
});

const operands = (tier: "merge" | "propose") => [
  { name: "grant" as const, tier, reason: { code: "grant" as const, message: `checkout_rollback grants ${tier}` } },
  {
    name: "path" as const,
    tier: "merge" as const,
    reason: { code: "within-limits" as const, message: "one file that Remit may write" },
  },
  {
    name: "cooldown" as const,
    tier: "merge" as const,
    reason: { code: "within-limits" as const, message: "no remediation in the last 30 min" },
  },
];

const hot = incident({
  alerts: [
    alert({
      annotations: { summary: "Error rate of checkout is 42 %. See https://wiki.acme.example/checkout @oncall" },
    }),
    alert({
      fingerprint: "b2",
      startsAt: t0 + minute,
      labels: { alertname: "KubePodCrashLooping", deployment: "checkout" },
    }),
  ],
});
const fix = remediation({
  candidate: change,
  verdict: verdict("merge", { operands: operands("merge") }),
  pullNumber: undefined,
  commit: undefined,
});
const asked = { ...fix, verdict: verdict("propose", { operands: operands("propose") }) };
const plan: Response["plan"] = {
  at: t0 + minute,
  base,
  suspects: [suspect, other],
  outcome: { kind: "change", candidate: change, verdict: fix.verdict },
};
const timeline = [
  { at: t0 + 30_000, event: "opened", message: "opened for checkout/production" },
  { at: t0 + minute, event: "planned", message: "decided to roll back checkout in production to v1.4.2, tier merge" },
  { at: t0 + 2 * minute, event: "proposed", message: "opened pull request #7" },
];
const told = response({ plan, timeline, remediations: [fix], issueNumber: 6, requests: 4 });
const undoing = remediation({
  ...fix,
  kind: "undo",
  candidate: {
    ...change,
    title: "undo the rollback of checkout in production: back to v1.5.0",
    suspect: merged.commit,
    effects: [{ ...effect, before: "v1.4.2", after: "v1.5.0" }],
    files: [{ path: file, before: manifest("v1.4.2"), after: manifest("v1.5.0") }],
    rendered: {
      kind: "not-rendered",
      why: "apps/checkout: kustomization.yaml takes github.com/acme/@base from elsewhere",
    },
  },
});
const done = { ...fix, pullNumber: 7, commit, merged, delivered };
const recovered = {
  ...done,
  ended: {
    at: t0 + 12 * minute,
    outcome: "recovered" as const,
    reason: { code: "recovered" as const, message: "the service recovered" },
  },
};
const failing = {
  ...done,
  observations: [{ at: t0 + 20 * minute, verdict: "failing" as const }],
  ended: {
    at: t0 + 23 * minute,
    outcome: "failing" as const,
    reason: { code: "still-failing" as const, message: "the alert still fires 15 min after the change was applied" },
  },
};

const { headline, message } = commitMessage({ incident: hot, remediation: fix });
const closed = {
  at: t0 + 13 * minute,
  outcome: "recovered" as const,
  reasons: [{ code: "recovered" as const, message: "two observations in a row" }],
};
const abstained: Response["plan"] = {
  at: t0,
  base,
  suspects: [],
  outcome: {
    kind: "abstain",
    reasons: [{ code: "no-recent-change", message: "nothing changed for checkout/production in the last 24 h" }],
  },
};

describe("the text of", () => {
  it.each<[string, string]>([
    ["commit", `${headline}\n\n${message}\n`],
    ["pull-merge", pullBody({ incident: hot, response: told, remediation: fix, issueNumber: 6 })],
    ["pull-propose", pullBody({ incident: hot, response: told, remediation: asked })],
    ["pull-undo", pullBody({ incident: hot, response: told, remediation: undoing, issueNumber: 6 })],
    [
      "issue-proposed",
      `# ${issueTitle(hot, told)}\n\n${issueBody({ incident: hot, response: told, remediation: fix, pullNumber: 7 })}`,
    ],
    ["issue-suggested", issueBody({ incident: hot, response: response({ plan, timeline }) })],
    ["issue-abstained", issueBody({ incident: hot, response: response({ plan: abstained, timeline }) })],
    [
      "gate",
      gateSummary({
        gate: {
          conclusion: "success",
          title: "within authority",
          reasons: [{ code: "grant", message: "the diff is exactly what was decided" }],
        },
        verdict: fix.verdict,
        remediation: fix,
      }),
    ],
    [
      "closing",
      closingSummary({
        incident: incident({ alerts: [resolvedAlert(t0 + 10 * minute)] }),
        response: { ...told, remediations: [recovered], closed },
      }),
    ],
    [
      "handoff",
      handoff({ incident: hot, response: { ...told, remediations: [failing] }, reasons: [failing.ended.reason] }),
    ],
    [
      "dashboard",
      dashboardBody({
        ...dashboard([{ incident: hot, response: told, version: 1 }], [{ message: "unknown key" }]),
        agreement: [
          agreement({ runbook: "bad-deploy", lead: { medianMs: 7 * minute, cases: 3 } }),
          agreement({ runbook: "built-in", lead: { medianMs: -90_000, cases: 2 } }),
          agreement({ runbook: "built-in", action: "scale", lead: undefined }),
        ],
        said: "`bob` stopped Remit.",
      }),
    ],
    [
      "call",
      secondCall({
        incident: hot,
        response: { ...told, remediations: [failing] },
        escalated: { at: t0 + 23 * minute, reasons: [failing.ended.reason] },
        again: { afterMs: 30 * minute, times: 2, to: ["acme/payments-leads"] },
        times: 2,
        now: t0 + 83 * minute,
      }),
    ],
    [
      "clock",
      clockCall({ incident: hot, response: told, wrong: { at: t0 + 20 * minute, aheadMs: 10_799_000 }, since: t0 }),
    ],
    [
      "lease",
      leaseComment({
        record: {
          commit: "c".repeat(40),
          at: t0 - 300 * minute,
          incident: hot.id,
          action: "scale",
          target: "checkout/production",
          tier: "merge",
          candidate: "a".repeat(64),
          lease: { expiresAt: t0, holder: hot.id, why: "more pods for a while", paths: undefined },
        },
        target: hot.target,
        expired: true,
        end: {
          outcome: "refused",
          reasons: [
            { code: "lease-changed", message: `${file} was changed in the same place since ${"c".repeat(12)}` },
          ],
        },
        paths: [file],
        changedBy: "e".repeat(40),
      }),
    ],
    [
      "withdrawal",
      withdrawalComment({
        incident: hot,
        reason: { code: "resolved-before-merge", message: "the alert resolved before the merge" },
      }),
    ],
  ])("%s is as reviewed", async (name, text) => {
    await expect(text).toMatchFileSnapshot(`../../golden/prose/${name}.md`);
  });
});
