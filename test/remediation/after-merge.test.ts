import { describe, expect, it } from "vitest";
import { nextStep } from "../../src/remediation/next-step.ts";
import type { Observation } from "../../src/remediation/response.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import {
  alert,
  delivered,
  incident,
  mergeCommit,
  merged,
  minute,
  open,
  remediation,
  resolvedAlert,
  response,
  type situation,
  t0,
  verdict,
  view,
} from "../support/situation.ts";

describe("after the merge", () => {
  const afterMerge = (change: Parameters<typeof situation>[0] = {}, current: Parameters<typeof remediation>[0] = {}) =>
    open({ view: undefined, assessment: undefined, now: merged.at, ...change }, { merged, ...current });
  const watched = (observations: Observation[], change: Parameters<typeof situation>[0] = {}) =>
    afterMerge(change, { delivered, observations });

  it("field note 5: waits for the controller's word, without asking GitHub", () => {
    const waiting = (code: string) => ({
      do: "wait",
      until: merged.at + defaultSettings.deliverWithinMs,
      reason: { code },
    });
    expect(nextStep(afterMerge())).toMatchObject(waiting("delivery-pending"));
    const failed = { at: t0 + 6 * minute, revision: mergeCommit, application: "checkout-production" };
    const refused = { applied: undefined, failed, health: "unknown" as const };
    expect(nextStep(afterMerge({ delivery: refused }))).toMatchObject(waiting("delivery-failed"));
    const applied = { at: delivered.at, revision: mergeCommit, application: "checkout-production" };
    const delivery = { applied, failed: undefined, health: "healthy" as const };
    expect(nextStep(afterMerge({ delivery, now: delivered.at }))).toEqual({ do: "record-delivery", ...applied });
  });

  it("field note 6: never undoes what was not delivered", () => {
    const late = afterMerge({ now: merged.at + defaultSettings.deliverWithinMs, view: view() });
    expect(nextStep({ ...late, view: undefined })).toEqual({ do: "read" });
    expect(nextStep(late)).toMatchObject({ do: "end", outcome: "undelivered", reason: { code: "undelivered" } });
    const reason = { code: "undelivered" as const, message: "" };
    const ended = { at: late.now, outcome: "undelivered" as const, reason };
    const over = afterMerge({ now: late.now }, { ended });
    expect(nextStep(over).do).toBe("escalate");
    const called = { ...over.response, escalated: { at: t0, reasons: [] } };
    expect(nextStep({ ...over, response: called }).do).toBe("wait");
  });

  it("closes after consecutive observations of recovery, and only then", () => {
    const calm = incident({ alerts: [resolvedAlert(t0 + 9 * minute)] });
    const now = delivered.at + minute;
    const first = nextStep(watched([], { incident: calm, now }));
    expect(first).toEqual({ do: "record-observation", observation: { at: now, verdict: "recovered" } });
    const one: Observation = { at: now, verdict: "recovered" };
    expect(nextStep(watched([one], { incident: calm, now }))).toMatchObject({
      do: "wait",
      until: now + minute,
      reason: { code: "recovery-unknown" },
    });
    const two: Observation = { at: now + minute, verdict: "recovered" };
    expect(nextStep(watched([one, two], { incident: calm, now }))).toMatchObject({
      do: "end",
      outcome: "recovered",
      reason: { code: "recovered" },
    });
    const between: Observation = { at: now, verdict: "failing" };
    expect(nextStep(watched([one, between, two], { incident: calm, now: now + minute })).do).toBe("wait");
  });

  it("field note 33: an alert that was last seen before the delivery is neither recovery nor failure", () => {
    const now = delivered.at + minute;
    expect(nextStep(watched([], { now }))).toMatchObject({ observation: { verdict: "indeterminate" } });
    const again = incident({ alerts: [alert({ lastFiringAt: delivered.at + 1 })] });
    expect(nextStep(watched([], { now, incident: again }))).toMatchObject({ observation: { verdict: "failing" } });
    const other = alert({ ...resolvedAlert(delivered.at + 2), fingerprint: "other", lastFiringAt: delivered.at + 1 });
    for (const alerts of [[alert({ lastFiringAt: delivered.at })], [alert(), other]]) {
      const step = nextStep(watched([], { now, incident: incident({ alerts }) }));
      expect(step).toMatchObject({ observation: { verdict: "indeterminate" } });
    }
  });

  it("takes a degraded report since the delivery for failure, even when the alert is silent", () => {
    const calm = incident({ alerts: [resolvedAlert(t0 + 9 * minute)] });
    const applied = { at: delivered.at, revision: mergeCommit, application: "checkout-production" };
    const delivery = { applied, failed: undefined, health: "degraded" as const };
    const step = nextStep(watched([], { incident: calm, delivery, now: delivered.at + minute }));
    expect(step).toMatchObject({ observation: { verdict: "failing" } });
  });

  it("watches a recovery that began late to its end", () => {
    const calm = incident({ alerts: [resolvedAlert(t0 + 9 * minute)] });
    const now = delivered.at + defaultSettings.verifyWithinMs;
    const one: Observation = { at: now, verdict: "recovered" };
    expect(nextStep(watched([one], { incident: calm, now }))).toMatchObject({ do: "wait", until: now + minute });
  });

  it("verifies for as long and as often as the runbook says", () => {
    const runbook = { name: "a", verify: { withinMs: 3 * minute, consecutive: 3 }, escalateTo: [] };
    const calm = incident({ alerts: [resolvedAlert(t0 + 9 * minute)] });
    const recovered = [1, 2, 3].map((at): Observation => ({ at: delivered.at + at * minute, verdict: "recovered" }));
    const step = (observations: readonly Observation[], now: number, alerts = calm) =>
      nextStep(
        afterMerge(
          { incident: alerts, now, view: view() },
          { delivered, observations: [...observations], verdict: verdict("merge", { runbook }) },
        ),
      );
    expect(step(recovered.slice(0, 2), delivered.at + 2 * minute).do).toBe("wait");
    expect(step(recovered, delivered.at + 3 * minute)).toMatchObject({ do: "end", outcome: "recovered" });
    const sick: Observation = { at: delivered.at + 150_000, verdict: "failing" };
    expect(step([sick], delivered.at + 3 * minute - 1, incident()).do).toBe("wait");
    expect(step([sick], delivered.at + 3 * minute, incident())).toMatchObject({
      do: "end",
      outcome: "failing",
      reason: { code: "still-failing" },
    });
  });

  it("looks at least once, however short the runbook's time is", () => {
    const runbook = { name: "a", verify: { withinMs: 30_000, consecutive: undefined }, escalateTo: [] };
    const short = { delivered, verdict: verdict("merge", { runbook }) };
    expect(nextStep(afterMerge({ now: delivered.at + 40_000 }, short)).do).toBe("wait");
    expect(nextStep(afterMerge({ now: delivered.at + minute }, short)).do).toBe("record-observation");
  });

  it("field note S17: calls a person where the merge differs from what was decided, once, and watches on", () => {
    const differs = { code: "merge-differs" as const, message: "another file" };
    const now = delivered.at + minute;
    const over = afterMerge({ now }, { delivered, differs });
    expect(nextStep(over)).toEqual({ do: "escalate", reasons: [differs] });
    const escalated = { at: now, reasons: [differs] };
    const called = { ...over, response: { ...over.response, escalated } };
    expect(nextStep(called).do).toBe("record-observation");
    expect(nextStep(afterMerge({ now }, { delivered })).do).toBe("record-observation");
  });

  it("undoes what was seen to fail, once, after calling a person", () => {
    const now = delivered.at + defaultSettings.verifyWithinMs;
    const failing: Observation = { at: now, verdict: "failing" };
    expect(nextStep(watched([failing], { now, view: view() }))).toMatchObject({ do: "end", outcome: "failing" });
    const ended = { at: now, outcome: "failing" as const, reason: { code: "still-failing" as const, message: "" } };
    const over = afterMerge({ now }, { delivered, ended });
    expect(nextStep(over).do).toBe("escalate");
    const escalated = { at: now, reasons: [] };
    expect(nextStep({ ...over, response: { ...over.response, escalated } }).do).toBe("undo");
    const undone = remediation({ kind: "undo", merged, delivered, ended });
    const second = response({ remediations: [remediation({ merged, delivered, ended }), undone], escalated });
    expect(nextStep({ ...over, response: second }).do).toBe("wait");
  });

  it("never undoes what is merely unclear", () => {
    const now = delivered.at + defaultSettings.verifyWithinMs;
    const unclear: Observation = { at: now, verdict: "indeterminate" };
    expect(nextStep(watched([unclear], { now, view: view() }))).toMatchObject({
      do: "end",
      outcome: "unknown",
      reason: { code: "recovery-unknown" },
    });
    const ended = { at: now, outcome: "unknown" as const, reason: { code: "recovery-unknown" as const, message: "" } };
    const over = afterMerge({ now }, { delivered, ended });
    expect(nextStep({ ...over, response: { ...over.response, escalated: { at: now, reasons: [] } } }).do).toBe("wait");
  });
});
