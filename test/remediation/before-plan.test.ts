import { describe, expect, it } from "vitest";
import type { Operand, Tier } from "../../src/authority/verdict.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import type { Plan } from "../../src/remediation/response.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import type { Situation } from "../../src/remediation/situation.ts";
import {
  alert,
  base,
  incident,
  mergeCommit,
  minute,
  planned,
  resolvedAlert,
  response,
  situation,
  t0,
  view,
} from "../support/situation.ts";

const at = t0 + minute;
const abstain: Plan = { at, base, suspects: [], outcome: { kind: "abstain", reasons: [] } };

function operand(name: Operand["name"], tier: Tier, code: Operand["reason"]["code"]): Operand {
  return { name, tier, reason: { code, message: name } };
}

/** People were told of the plan, unless said otherwise. */
function told(plan: Plan, change: Partial<Situation> = {}, of: Partial<Situation["response"]> = {}): Situation {
  return situation({ response: response({ plan, toldAt: plan.at, issueNumber: 6, ...of }), ...change });
}

describe("what is over before anything was begun", () => {
  const calm = incident({ alerts: [resolvedAlert(at)] });

  it.each([
    ["handed-off", told(planned("suggest"), {}, { escalated: { at, reasons: [] } })],
    ["abstained", told(abstain)],
    ["resolved-without-change", told(planned("suggest"))],
    ["resolved-without-change", situation()],
  ])("closes as %s", (outcome, before) => {
    const reasons = [{ code: "resolved-before-merge", message: "every alert resolved" }];
    expect(nextStep({ ...before, incident: calm })).toEqual({ do: "close", outcome, reasons });
  });
});

describe("what people are told", () => {
  it("is told after a look, and only where there is an issue that tells of this very plan", () => {
    const plan = planned("suggest");
    for (const untold of [{ toldAt: undefined }, { toldAt: at - 1 }, { issueNumber: undefined }]) {
      expect(nextStep(told(plan, {}, untold))).toEqual({ do: "read" });
      expect(nextStep(told(plan, { view: view() }, untold))).toEqual({ do: "suggest" });
    }
    expect(nextStep(told(plan)).do).toBe("wait");
  });

  it("that more memory ran out, too, is a person's at once, and said once", () => {
    const reasons = [
      { code: "no-recent-change" as const, message: "nothing changed" },
      { code: "leak-suspected" as const, message: "it ran out again" },
    ];
    const plan: Plan = { ...abstain, outcome: { kind: "abstain", reasons } };
    const untold = situation({ response: response({ plan }) });
    expect(nextStep(untold)).toEqual({ do: "read" });
    expect(nextStep({ ...untold, view: view() })).toEqual({ do: "escalate", reasons });
    const escalated = { at, reasons };
    expect(nextStep(told(plan, { view: view() }, { escalated })).do).toBe("wait");
    const other: Plan = { ...abstain, outcome: { kind: "abstain", reasons: reasons.slice(0, 1) } };
    expect(nextStep(situation({ response: response({ plan: other }), view: view() })).do).toBe("wait");
  });

  it("is a person's when nobody answers in time, counted from when Remit heard of it where its sender's clock is ahead", () => {
    const ahead = incident({ openedAt: t0 + 180 * minute, alerts: [alert({ firstSeenAt: at })] });
    const deadline = at + defaultSettings.reviewWithinMs;
    expect(nextStep(told(planned("suggest"), { incident: ahead, now: deadline - 1 })).do).toBe("wait");
    expect(nextStep(told(planned("suggest"), { incident: ahead, now: deadline })).do).toBe("escalate");
  });

  it("names what kept it as low as it is, and nothing else", () => {
    const operands = [operand("evidence", "merge", "suspect-found"), operand("grant", "suggest", "grant")];
    const step = nextStep(told(planned("suggest", { operands }), { now: t0 + defaultSettings.reviewWithinMs }));
    expect(step).toEqual({ do: "escalate", reasons: [{ code: "grant", message: "grant" }] });
  });
});

describe("a plan", () => {
  it("is made anew for an alert that came after it, and for a head that is known to have moved", () => {
    const joined = (firstSeenAt: number) =>
      incident({ alerts: [alert(), alert({ fingerprint: "other", firstSeenAt })] });
    expect(nextStep(told(planned("suggest"), { incident: joined(at) })).do).toBe("wait");
    expect(nextStep(told(planned("suggest"), { incident: joined(at + 1), now: at + 1 })).do).toBe("read");
    // By a clock that was ahead: made anew each time, it would never come to an end.
    expect(nextStep(told(planned("suggest"), { incident: joined(at + 1), now: at })).do).toBe("wait");
    expect(nextStep(told(planned("suggest"), { knownHead: undefined })).do).toBe("wait");
    expect(nextStep(told(planned("suggest"), { knownHead: mergeCommit, view: view() })).do).toBe("plan");
  });

  it("that a stop switch holds is looked at again and again", () => {
    const operands = [operand("grant", "merge", "grant"), operand("stop", "observe", "stop-file")];
    const stopped = (now: number) => told(planned("observe", { operands }), { now });
    const { pollEveryMs } = defaultSettings;
    const wait = { do: "wait", until: at + pollEveryMs - 1 + pollEveryMs, reason: { code: "stop-file" } };
    expect(nextStep(stopped(at + pollEveryMs - 1))).toMatchObject(wait);
    expect(nextStep(stopped(at + pollEveryMs))).toEqual({ do: "read" });
  });

  it("that anything else holds back isn't", () => {
    const operands = [operand("stop", "merge", "within-limits"), operand("grant", "observe", "no-grant")];
    const now = at + 5 * defaultSettings.pollEveryMs;
    expect(nextStep(told(planned("observe", { operands }), { now })).do).not.toBe("read");
  });

  it("that waits for a place among the others is made anew when there is one, and not before, whatever moves", () => {
    const operands = [operand("grant", "merge", "grant"), operand("pulls", "suggest", "pulls-full")];
    const now = at + minute;
    const waiting = told(planned("suggest", { operands }), { now, knownHead: mergeCommit });
    const until = now + defaultSettings.pollEveryMs;
    expect(nextStep(waiting)).toEqual({ do: "wait", until, reason: { code: "pulls-full", message: "pulls" } });
    expect(nextStep({ ...waiting, placeFree: true })).toEqual({ do: "read" });
    expect(nextStep(told(planned("suggest"), { placeFree: true })).do).toBe("wait");
  });
});
