/** A page's state in the middle of a story, for tests. */
import type { PageState } from "../../../src/sandbox/page/page-state.ts";

const start = Date.UTC(2026, 10, 21, 12);
const at = (seconds: number) => start + seconds * 1_000;

export function sampleState(changes: Partial<PageState> = {}): PageState {
  const told = [
    [0.2, "cluster", "deployed", "checkout v1.4.2 runs in production, healthy since three days ago"],
    [6.1, "person", "released", "alice merges “Release checkout v1.5.0”"],
    [10.4, "cluster", "deployed", "checkout v1.5.0 runs"],
    [17.9, "alerts", "alert-firing", "HighErrorRate fires for checkout in production: 60 % of requests fail"],
    [18.2, "remit", "opened", "Incident checkout-production-3f2a9c1b40de opened"],
    [19.0, "remit", "proposed", "Pull request #4: roll back checkout in production to v1.4.2"],
    [21.3, "remit", "merged", "Merged as 4f0c21aa"],
    [26.0, "cluster", "delivered", "checkout v1.4.2 runs"],
    [33.5, "alerts", "alert-resolved", "HighErrorRate resolved"],
  ] as const;
  return {
    scenario: "bad-deploy",
    summary: "a bad version reaches production; the policy lets Remit roll it back alone",
    startedAt: start,
    now: at(38),
    outcome: "recovered",
    service: { name: "checkout", environment: "production", version: "v1.4.2", pods: 3, errorRate: 0 },
    chart: {
      points: Array.from({ length: 77 }, (_, index) => {
        const second = index / 2;
        const rate =
          second < 10.4 ? 0 : second < 13 ? ((second - 10.4) / 2.6) * 0.6 : second < 26 ? 0.6 : 0.6 - (second - 26) / 5;
        return { at: at(second), errorRate: Math.max(0, rate) };
      }),
      threshold: 0.05,
      marks: [
        { at: at(10.4), label: "v1.5.0 runs", tone: "plain" },
        { at: at(17.9), label: "alert", tone: "bad" },
        { at: at(19), label: "pull request #4", tone: "act" },
        { at: at(21.3), label: "merged", tone: "act" },
        { at: at(26), label: "delivered", tone: "act" },
        { at: at(33.5), label: "recovered", tone: "good" },
      ],
      runs: [
        { at: at(0), label: "v1.4.2", tone: "good" },
        { at: at(10.4), label: "v1.5.0", tone: "bad" },
        { at: at(26), label: "v1.4.2", tone: "good" },
      ],
    },
    story: told.map(([seconds, actor, event, message]) => ({
      event,
      actor,
      message,
      seconds,
      at: at(seconds),
      data: {},
    })),
    pull: {
      number: 4,
      title: "Roll back checkout in production to v1.4.2",
      state: "merged",
      url: "http://127.0.0.1:4000/acme/shop/pull/4",
      branch: "remit/rollback/checkout-production/3f2a9c1b40de",
      tier: "merge",
      operands: [
        { name: "grant", tier: "merge", message: "The grant shop-rollback covers checkout in production." },
        { name: "path", tier: "merge", message: "The file may be written." },
        { name: "evidence", tier: "merge", message: "One commit changed this field within the hour before the alert." },
      ],
      diff: [
        "--- a/apps/checkout/overlays/production/kustomization.yaml",
        "+++ b/apps/checkout/overlays/production/kustomization.yaml",
        "@@ -6,4 +6,4 @@",
        " images:",
        "   - name: ghcr.io/acme/checkout",
        "-    newTag: v1.5.0",
        "+    newTag: v1.4.2",
      ].join("\n"),
    },
    commits: [
      {
        id: "4f0c21aa9d3e4f0c21aa9d3e4f0c21aa9d3e4f0c",
        author: "remit[bot]",
        at: at(21),
        subject: "Roll back checkout in production to v1.4.2 (#4)",
        trailers: ["Remit-Incident: checkout-production-3f2a9c1b40de", "Remit-Action: rollback", "Remit-Tier: merge"],
      },
      {
        id: "9d3e4f0c21aa9d3e4f0c21aa9d3e4f0c21aa9d3e",
        author: "alice",
        at: at(6),
        subject: "Release checkout v1.5.0",
        trailers: [],
      },
    ],
    links: [
      { label: "the service", url: "http://127.0.0.1:5000/" },
      { label: "its metrics", url: "http://127.0.0.1:5000/metrics" },
    ],
    requests: { made: 6, most: 8 },
    ...changes,
  };
}
