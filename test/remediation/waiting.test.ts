import { describe, expect, it } from "vitest";
import { nextStep } from "../../src/remediation/next-step.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import {
  assessment,
  base,
  minute,
  open,
  planned,
  response,
  situation,
  t0,
  verdict,
  view,
} from "../support/situation.ts";

describe("waiting for people", () => {
  it("calls a person when nobody has taken up a suggestion for as long as a review may take", () => {
    const told = response({ plan: planned("suggest"), toldAt: t0 + minute, issueNumber: 6 });
    const telling = situation({ response: told });
    const deadline = telling.incident.openedAt + telling.settings.reviewWithinMs;
    expect(nextStep(telling)).toMatchObject({ do: "wait", until: deadline });
    expect(nextStep({ ...telling, now: deadline })).toMatchObject({ do: "escalate" });
    const called = { ...told, escalated: { at: deadline, reasons: [] } };
    expect(nextStep({ ...telling, now: deadline, response: called })).toMatchObject({ do: "wait", until: undefined });
  });

  it("calls a person when a change has waited for a place among the others for as long as a review may take", () => {
    const full = {
      name: "pulls" as const,
      tier: "suggest" as const,
      reason: { code: "pulls-full" as const, message: "" },
    };
    const { outcome, ...rest } = planned("suggest");
    const plan = { ...rest, outcome: { ...outcome, verdict: { ...outcome.verdict, operands: [full] } } };
    const waiting = situation({ response: response({ plan, toldAt: plan.at, issueNumber: 6 }) });
    expect(nextStep(waiting)).toMatchObject({ do: "wait", reason: { code: "pulls-full" } });
    const late = { ...waiting, now: waiting.incident.openedAt + defaultSettings.reviewWithinMs };
    expect(nextStep(late)).toMatchObject({ do: "escalate", reasons: [{ code: "pulls-full" }] });
    const called = { ...waiting.response, escalated: { at: late.now, reasons: [] } };
    expect(nextStep({ ...late, response: called })).toMatchObject({ do: "wait", reason: { code: "pulls-full" } });
  });

  it("calls nobody about what it never spoke of, nor while a stop switch is on", () => {
    const nothing = { at: t0 + minute, base, suspects: [], outcome: { kind: "abstain" as const, reasons: [] } };
    const late = t0 + defaultSettings.reviewWithinMs + minute;
    expect(nextStep(situation({ now: late, response: response({ plan: nothing }) })).do).toBe("wait");
    const stop = {
      name: "stop" as const,
      tier: "observe" as const,
      reason: { code: "stop-file" as const, message: "" },
    };
    const { outcome, ...rest } = planned("observe");
    const stopped = { ...rest, at: late, outcome: { ...outcome, verdict: { ...outcome.verdict, operands: [stop] } } };
    expect(nextStep(situation({ now: late, response: response({ plan: stopped, issueNumber: 6 }) })).do).toBe("wait");
  });

  it("calls a person when the policy stays lowered for as long as a review may take", () => {
    const lowered = {
      assessment: assessment({ verdict: verdict("suggest") }),
      now: t0 + defaultSettings.reviewWithinMs * 2,
    };
    expect(nextStep(open(lowered)).do).toBe("escalate");
    const nothing = { commit: undefined, pullNumber: undefined };
    const missing = { ...lowered, view: view({ pull: undefined, branchHead: undefined }) };
    expect(nextStep(open(missing, nothing)).do).toBe("escalate");
    expect(nextStep(open({ ...missing, now: t0 + 2 * minute }, nothing)).do).toBe("wait");
  });
});
