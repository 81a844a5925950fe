/** Each text once more as a GitHub-flavoured Markdown renderer shows it, which knows nothing of how the text was made. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockCall } from "../../../src/remediation/prose/clock-call.ts";
import { closingSummary } from "../../../src/remediation/prose/closing-summary.ts";
import { commentReply } from "../../../src/remediation/prose/comment-reply.ts";
import { dashboardBody } from "../../../src/remediation/prose/dashboard-body.ts";
import { explanation } from "../../../src/remediation/prose/explanation.ts";
import { gateSummary } from "../../../src/remediation/prose/gate-summary.ts";
import { handoff } from "../../../src/remediation/prose/handoff.ts";
import { issueBody } from "../../../src/remediation/prose/issue-body.ts";
import { openIncidents } from "../../../src/remediation/prose/open-incidents.ts";
import { pullBody } from "../../../src/remediation/prose/pull-body.ts";
import { secondCall } from "../../../src/remediation/prose/second-call.ts";
import { withdrawalComment } from "../../../src/remediation/prose/withdrawal-comment.ts";
import { dashboard } from "./any-dashboard.ts";
import { activeWhenRendered } from "./as-github-renders.ts";
import { gates, hostileReasons, incidents, remediations, responses } from "./hostile.ts";

const directory = join(import.meta.dirname, "../../golden/prose");
/** Each says what it may point at: numbers that Remit wrote itself, and people that the policy names. */
const golden = readdirSync(directory).filter((name) => name.endsWith(".md") && name !== "commit.md");
const ours = /^#\d+$|^@acme\/[\w-]+$/;

describe("rendered", () => {
  it.each(golden)("%s holds nothing active but Remit's own numbers and the policy's people", (name) => {
    const found = activeWhenRendered(readFileSync(join(directory, name), "utf8"));
    expect(found.filter((each) => !ours.test(each))).toEqual([]);
  });

  it("knows what is active, or it would prove nothing", () => {
    const texts = [
      "cc @alice",
      "see #4",
      "acme/shop#4",
      "![x](https://a.example/p.png)",
      "[x](y)",
      "https://a.example",
      "<b>x</b>",
    ];
    for (const text of texts) expect(activeWhenRendered(text)).not.toEqual([]);
    expect(activeWhenRendered("`@alice #4 https://a.example`\n\n```\n@alice\n```")).toEqual([]);
  });

  it("field note S25: no text about a hostile incident holds anything active", () => {
    const again = { afterMs: 60_000, times: 1, to: [] };
    fc.assert(
      fc.property(
        incidents,
        responses,
        remediations,
        hostileReasons,
        gates,
        (incident, response, remediation, reasons, gate) => {
          const record = { incident, response, version: 1 };
          const texts = [
            pullBody({ incident, response, remediation, issueNumber: 6 }),
            issueBody({ incident, response, remediation, pullNumber: 6 }),
            handoff({ incident, response, reasons }),
            clockCall({ incident, response, wrong: { at: 0, aheadMs: -7_200_000 }, since: 0 }),
            secondCall({ incident, response, escalated: { at: 0, reasons }, again, times: 1, now: 60_000 }),
            closingSummary({ incident, response }),
            gateSummary({ gate, verdict: remediation.verdict, remediation }),
            commentReply(incident.id, { comment: "IC_1", text: explanation(response) }),
            openIncidents([record]),
            ...reasons.map((reason) => withdrawalComment({ incident, reason })),
          ];
          for (const text of texts) expect(activeWhenRendered(text, ["#6"])).toEqual([]);
          const ticks = dashboardBody(dashboard([record], reasons)).replaceAll(/\(#\d+\)/g, "");
          expect(activeWhenRendered(ticks, ["#3"])).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
