import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitBody } from "../../../src/github/fit-body.ts";
import { parseTrailers } from "../../../src/ledger/trailers.ts";
import { clockCall } from "../../../src/remediation/prose/clock-call.ts";
import { closingSummary } from "../../../src/remediation/prose/closing-summary.ts";
import { commitMessage } from "../../../src/remediation/prose/commit-message.ts";
import { dashboardBody } from "../../../src/remediation/prose/dashboard-body.ts";
import { gateSummary } from "../../../src/remediation/prose/gate-summary.ts";
import { handoff } from "../../../src/remediation/prose/handoff.ts";
import { issueBody, issueTitle } from "../../../src/remediation/prose/issue-body.ts";
import { plainLine } from "../../../src/remediation/prose/plain-line.ts";
import { pullBody } from "../../../src/remediation/prose/pull-body.ts";
import { secondCall } from "../../../src/remediation/prose/second-call.ts";
import { sentence, tableCell } from "../../../src/remediation/prose/sentence.ts";
import { cleanBlock, fence, inlineCode, quoteLimit } from "../../../src/remediation/prose/untrusted.ts";
import { withdrawalComment } from "../../../src/remediation/prose/withdrawal-comment.ts";
import { targetName } from "../../../src/target.ts";
import { dashboard } from "./any-dashboard.ts";
import { activeMarkup, codeFree } from "./code-free.ts";
import { gates, hostileReasons, hostileText, incidents, remediations, responses } from "./hostile.ts";

describe("foreign text", () => {
  it("field note S25: in a code span is nothing but a code span", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(codeFree(`a ${inlineCode(text)} b`)).toMatch(/^a (?:\u25a1|\(empty\)) b$/);
      }),
    );
  });

  it("field note S25: in a fence is nothing but a fence", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(codeFree(`a\n${fence(text, "diff")}\nb`)).toBe("a\n\nb");
      }),
    );
  });

  it("in a sentence of ours has no effect", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(activeMarkup(`- ${sentence(text)}`)).toEqual([]);
        expect(activeMarkup(`| ${tableCell(text)} |`)).toEqual([]);
        expect(tableCell(text)).not.toContain("|");
      }),
    );
  });

  it("is quoted up to a length, and never cut within a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 10 }), (text) => {
        const long = text.repeat(300);
        expect(cleanBlock(long).length).toBeLessThanOrEqual(quoteLimit);
        expect(cleanBlock(long).isWellFormed()).toBe(true);
        expect(inlineCode(long, 20).isWellFormed()).toBe(true);
      }),
    );
  });

  it.each([
    ["roll back checkout in production to v1.4.2", "roll back checkout in production to v1.4.2"],
    ["granted by checkout_rollback (line 12)", "granted by `checkout_rollback` (line 12)"],
    ["waiting for @acme/payments to answer", "waiting for `@acme/payments` to answer"],
    ["issue #3, labelled remit:stop, is open", "issue `#3,` labelled remit:stop, is open"],
    ["registry.example/checkout@sha256:abc", "`registry.example/checkout@sha256:abc`"],
    ["1. first", "`1.` first"],
  ])("keeps %j readable", (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });

  it.each([
    ["cc @acme/payments", "cc (at)acme/payments"],
    ["fixes #12", "fixes no. 12"],
    ["closes acme/shop#12, GH-3", "closes acme/shopno. 12, GH 3"],
    ["see https://github.com/acme/shop/issues/1", "see https: //github.com/acme/shop/issues/1"],
    ["checkout@sha256:abc", "checkout@sha256:abc"],
  ])("in a title is spelt so that it does nothing: %j", (text, expected) => {
    expect(plainLine(text, 100)).toBe(expected);
  });
});

describe("a text about a hostile incident", () => {
  const check = (text: string, allowed: string[] = []) => expect(activeMarkup(text, allowed)).toEqual([]);
  const options = { numRuns: 60 };

  it("field note S25: has no effect as a pull request", () => {
    fc.assert(
      fc.property(incidents, responses, remediations, (incident, response, remediation) => {
        check(pullBody({ incident, response, remediation, issueNumber: 6 }), ["#6"]);
      }),
      options,
    );
  });

  it("field note S25: has no effect as an issue", () => {
    fc.assert(
      fc.property(
        incidents,
        responses,
        fc.option(remediations, { nil: undefined }),
        (incident, response, remediation) => {
          check(issueBody({ incident, response, remediation, pullNumber: 7 }), ["#7"]);
        },
      ),
      options,
    );
  });

  it("field note S25: has no effect as a comment or a check", () => {
    const again = { afterMs: 60_000, times: 1, to: [] };
    fc.assert(
      fc.property(
        incidents,
        responses,
        remediations,
        hostileReasons,
        gates,
        (incident, response, remediation, reasons, gate) => {
          check(handoff({ incident, response, reasons }));
          check(clockCall({ incident, response, wrong: { at: 0, aheadMs: -7_200_000 }, since: 0 }));
          const records = [{ incident, response, version: 1 }];
          for (const text of dashboardBody(dashboard(records, reasons)).split("\n").slice(1)) {
            check(text.replace(/ <!-- tick=[\w%.~-]* -->$/, "").replaceAll(/\(#\d+\)/g, ""), ["#3"]);
          }
          check(secondCall({ incident, response, escalated: { at: 0, reasons }, again, times: 1, now: 60_000 }));
          check(closingSummary({ incident, response }));
          check(gateSummary({ gate, verdict: remediation.verdict, remediation }));
          for (const reason of reasons) check(withdrawalComment({ incident, reason }));
        },
      ),
      options,
    );
  });

  it("has no effect when it is cut, either", () => {
    fc.assert(
      fc.property(
        incidents,
        responses,
        remediations,
        fc.integer({ min: 200, max: 4_000 }),
        (incident, response, remediation, limit) => {
          check(fitBody(pullBody({ incident, response, remediation }), limit));
        },
      ),
      options,
    );
  });

  it("has no effect as a commit or a title, and the trailers are what Remit says", () => {
    const active = /(?<![A-Za-z0-9_])@[A-Za-z0-9]|#\d|\bgh-\d|:\/\/|www\./i;
    fc.assert(
      fc.property(incidents, remediations, (incident, remediation) => {
        const { headline, message } = commitMessage({ incident, remediation });
        const [body = ""] = message.split(/\n(?=Remit-Incident:)/);
        expect(headline.length).toBeLessThanOrEqual(72);
        expect(headline).not.toMatch(/[\n\r]/);
        expect(headline).not.toMatch(active);
        expect(body).not.toMatch(active);
        expect(issueTitle(incident, {})).not.toMatch(active);
        const trailers = parseTrailers(`headline\n\n${message}`);
        expect(trailers.get("Remit-Tier")).toBe(remediation.verdict.tier);
        expect(trailers.get("Remit-Candidate")).toBe(remediation.candidate.digest);
        expect(trailers.size).toBeLessThanOrEqual(11);
      }),
      options,
    );
  });

  it("counts by the exact name of an ordinary target", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
        remediations,
        incidents,
        (service, remediation, incident) => {
          const target = { service, environment: "production", namespace: undefined };
          const candidate = { ...remediation.candidate, target };
          const { message } = commitMessage({ incident, remediation: { ...remediation, candidate } });
          expect(parseTrailers(`h\n\n${message}`).get("Remit-Target")).toBe(targetName(target));
        },
      ),
      options,
    );
  });
});
