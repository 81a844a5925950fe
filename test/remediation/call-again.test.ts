import { describe, expect, it } from "vitest";
import type { RepositoryView } from "../../src/remediation/forge.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import type { Escalation } from "../../src/remediation/response.ts";
import type { Situation } from "../../src/remediation/situation.ts";
import { base, incident, minute, pull, resolvedAlert, response, situation, t0, view } from "../support/situation.ts";

const again = { afterMs: 30 * minute, times: 2, to: ["acme/leads"] };

/** Remit abstained and called somebody at `t0`; there is nothing else to do. */
function called(change: Partial<Situation> = {}, escalated: Partial<Escalation> = {}, escalateAgain = again) {
  const outcome = { kind: "abstain" as const, reasons: [], escalateTo: ["alice"], escalateAgain };
  const told = { at: t0, base, suspects: [], outcome };
  const asked = { issueNumber: 6, toldAt: t0, plan: told, escalated: { at: t0, reasons: [], ...escalated } };
  return situation({ knownHead: base, now: t0 + minute, response: response(asked), ...change });
}

const comment = (createdAt: number, isPerson = true) => ({
  ...{ id: "IC_1", subjectId: "I_6", author: "bob", isPerson, body: "on it", createdAt },
  ...{ edited: false, seen: false, answered: false },
});
const issue = (change: Partial<NonNullable<RepositoryView["issue"]>>) =>
  view({ issue: { id: "I_6", number: 6, open: true, body: "", url: "", ...change } });
const review = (submittedAt: number, isPerson = true) =>
  pull({ reviews: [{ state: "commented", author: "bob", isPerson, commit: undefined, submittedAt }] });

describe("a call that nobody answers", () => {
  it("is made again after the runbook's time, on a fresh look, as often as it says", () => {
    const due = t0 + again.afterMs;
    expect(nextStep(called())).toMatchObject({ do: "wait", until: due });
    expect(nextStep(called({ now: due }))).toEqual({ do: "read" });
    expect(nextStep(called({ now: due, view: view() }))).toEqual({ do: "call-again" });
    const once = { again: { times: 1, at: due } };
    expect(nextStep(called({ now: due + again.afterMs - 1, view: view() }, once)).do).toBe("wait");
    expect(nextStep(called({ now: due + again.afterMs, view: view() }, once)).do).toBe("call-again");
    const twice = { again: { times: 2, at: due } };
    expect(nextStep(called({ now: due + 9 * again.afterMs, view: view() }, twice))).toMatchObject({ until: undefined });
  });

  it("isn't made again where the runbook doesn't ask for it, nor once everything resolved", () => {
    const never = called({ now: t0 + 9 * again.afterMs, view: view() });
    const plain = { ...never.response, plan: undefined };
    expect(nextStep({ ...never, response: plain }).do).toBe("plan");
    const over = incident({ alerts: [resolvedAlert(t0)] });
    expect(nextStep({ ...never, incident: over }).do).toBe("close");
  });

  it.each<[string, Partial<Situation>]>([
    ["a stop file stands", { view: view({ stopFile: true }) }],
    ["a stop issue stands", { view: view({ stopIssue: 3 }) }],
    ["the environment says stop", { view: view(), stopEnvironment: true }],
    ["the repository is archived", { view: view({ archived: true }) }],
  ])("waits while %s, and is looked at again", (_, change) => {
    const late = called({ now: t0 + again.afterMs, ...change });
    expect(nextStep(late)).toMatchObject({ do: "wait", until: late.now + late.settings.pollEveryMs });
  });

  it("never keeps what is waited for otherwise from being looked at in time", () => {
    const early = called({}, {}, { ...again, afterMs: 7 * 24 * 60 * minute });
    const step = nextStep({ ...early, response: { ...early.response, escalated: undefined } });
    expect(step).toMatchObject({ do: "wait", until: t0 + early.settings.reviewWithinMs });
  });

  it.each<[string, RepositoryView, string | undefined]>([
    ["a person's comment", view({ comments: [comment(t0 + 1)] }), "bob"],
    ["a person's review", view({ pull: review(t0 + 1) }), "bob"],
    ["an assignee", issue({ assignee: "carol" }), "carol"],
    ["that somebody closed the issue", issue({ open: false }), undefined],
  ])("is answered by %s, which is remembered", (_, seen, by) => {
    const step = nextStep(called({ view: seen }));
    expect(step).toMatchObject({ do: "note-answer", answered: { by } });
    const answered = { by, at: t0 + 1 };
    expect(nextStep(called({ view: seen, now: t0 + 9 * again.afterMs }, { answered })).do).toBe("wait");
  });

  it.each([
    ["what was written before", view({ comments: [comment(t0)], pull: review(t0) })],
    ["what programs write", view({ comments: [comment(t0 + 1, false)], pull: review(t0 + 1, false) })],
    ["an issue that stands as it stood", issue({})],
  ])("isn't answered by %s", (_, seen) => {
    expect(nextStep(called({ view: seen, now: t0 + again.afterMs })).do).toBe("call-again");
  });
});
