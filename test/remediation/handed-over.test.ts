/** What waits for GitHub's rules only is left to GitHub's merge queue or auto-merge, and taken back before anything else is waited for. */
import { describe, expect, it } from "vitest";
import type { CheckView, PullView } from "../../src/remediation/forge.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import { assessment, minute, open, pull, t0, verdict, view } from "../support/situation.ts";

const [gate] = pull().checks;
const checks = gate === undefined ? [] : [gate];
const pending: CheckView = { name: "ci", state: "pending", required: true, ours: false };

function step(
  change: Partial<PullView>,
  more: Parameters<typeof open>[0] = {},
  current: Parameters<typeof open>[1] = {},
) {
  return nextStep(open({ view: view({ pull: pull(change) }), images: [], ...more }, current));
}

describe("a branch with a merge queue", () => {
  const ready = { needsQueue: true, mergeState: "clean" } as const;

  it("gets what is decided by its queue, also where GitHub calls the queue itself what blocks", () => {
    expect(step(ready)).toEqual({ do: "hand-over", to: "queue" });
    expect(step({ ...ready, mergeState: "blocked", checks })).toEqual({ do: "hand-over", to: "queue" });
    expect(step({ ...ready, mergeState: "blocked", checks: [...checks, pending] })).toMatchObject({ do: "wait" });
    expect(step(ready, { images: undefined })).toEqual({ do: "look-at-images" });
  });

  it("is waited for while it has the pull request, whoever put it there, until a person is called", () => {
    for (const byUs of [true, false])
      expect(step({ ...ready, handedOver: { to: "queue", byUs } })).toMatchObject({
        do: "wait",
        reason: { code: "merge-queued" },
      });
    const long = { now: t0 + 60 * minute };
    expect(step({ ...ready, handedOver: { to: "queue", byUs: true } }, long, { queuedAt: t0 })).toMatchObject({
      do: "escalate",
      reasons: [{ code: "merge-queued" }],
    });
  });

  it("isn't given again what it let go, nor what it has just refused", () => {
    expect(step(ready, {}, { queuedAt: t0 })).toMatchObject({ do: "escalate", reasons: [{ code: "merge-blocked" }] });
    expect(step({ ...ready, handOverRefused: true })).toMatchObject({ do: "wait", reason: { code: "merge-blocked" } });
  });
});

describe("auto-merge", () => {
  const blocked = { mergeState: "blocked", checks: [...checks, pending] } as const;

  it("is used where it may be, for what only GitHub's rules keep from being merged", () => {
    expect(step(blocked, { autoMerge: true })).toEqual({ do: "hand-over", to: "auto-merge" });
    expect(step(blocked)).toMatchObject({ do: "wait", reason: { code: "checks-pending" } });
    expect(step({ ...blocked, handOverRefused: true }, { autoMerge: true })).toMatchObject({ do: "wait" });
    expect(step({ ...blocked, handedOver: { to: "auto-merge", byUs: false } }, { autoMerge: true })).toMatchObject({
      do: "wait",
      reason: { code: "checks-pending" },
    });
    expect(step({ mergeState: "clean", handedOver: { to: "auto-merge", byUs: true } }, { autoMerge: true })).toEqual({
      do: "merge",
    });
    expect(step({ ...blocked, mergeState: "behind" }, { autoMerge: true })).toMatchObject({ do: "wait" });
  });

  it("isn't used where Remit's gate isn't required: what somebody pushes after that would be merged, too", () => {
    const loose = checks.map((check) => ({ ...check, required: false }));
    expect(step({ ...blocked, checks: [...loose, pending] }, { autoMerge: true })).toMatchObject({ do: "wait" });
    expect(step({ ...blocked, checks: [pending] }, { autoMerge: true })).not.toMatchObject({ do: "hand-over" });
  });

  it("isn't taken back once Remit has merged it itself, though the last look shows it armed", () => {
    const armed = { mergeState: "clean", handedOver: { to: "auto-merge", byUs: true } } as const;
    const merged = { at: t0, commit: "f".repeat(40) };
    expect(step(armed, { autoMerge: true }, { merged })).toMatchObject({
      do: "wait",
      reason: { code: "delivery-pending" },
    });
  });

  it("isn't begun once somebody was to be called", () => {
    expect(step(blocked, { autoMerge: true, now: t0 + 60 * minute })).toMatchObject({ do: "escalate" });
  });

  it.each([
    ["an approval is missing", { assessment: assessment({ verdict: verdict("propose") }) }],
    ["the policy allows less", { assessment: assessment({ verdict: verdict("suggest") }) }],
    ["people may object", { assessment: assessment({ verdict: verdict("delay") }), now: t0 + 2 * minute }],
  ])("is taken back while %s", (_, more) => {
    const armed = { ...blocked, handedOver: { to: "auto-merge", byUs: true } } as const;
    expect(step(armed, { autoMerge: true, ...more })).toEqual({ do: "take-back-merge", from: "auto-merge" });
    expect(
      step({ ...armed, handedOver: { to: "auto-merge", byUs: false } }, { autoMerge: true, ...more }),
    ).toMatchObject({
      do: "wait",
    });
  });

  it("is taken back when Remit is stopped, a person holds it, or somebody else committed", () => {
    const armed = { ...blocked, handedOver: { to: "auto-merge", byUs: true } } as const;
    const taken = { do: "take-back-merge", from: "auto-merge" };
    expect(nextStep(open({ view: view({ pull: pull(armed), stopIssue: 9 }), autoMerge: true }))).toEqual(taken);
    const held = { by: "bob", at: t0, until: undefined };
    const situation = open({ view: view({ pull: pull(armed) }), images: [], autoMerge: true });
    expect(nextStep({ ...situation, response: { ...situation.response, asked: { held } } })).toEqual(taken);
    const ready = open({ view: view({ pull: pull({ ...armed, mergeState: "clean" }) }), images: [], autoMerge: true });
    expect(nextStep({ ...ready, response: { ...ready.response, asked: { held } } })).toEqual(taken);
    expect(step({ ...armed, head: "e".repeat(40) }, { autoMerge: true })).toEqual(taken);
  });
});
