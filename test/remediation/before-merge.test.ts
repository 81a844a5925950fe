/** What is said and waited for on the way to a merge, exactly. The steps themselves are in next-step.test.ts. */
import { describe, expect, it } from "vitest";
import type { CheckView, PullView } from "../../src/remediation/forge.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import {
  assessment,
  commit,
  incident,
  mergeCommit,
  minute,
  open,
  pull,
  resolvedAlert,
  t0,
  verdict,
  view,
} from "../support/situation.ts";

const [gate] = pull().checks;
const ci = (state: CheckView["state"], name = "ci"): CheckView => ({ name, state, required: true, ours: false });
const withPull = (change: Partial<PullView>, more: Parameters<typeof open>[0] = {}) =>
  open({ view: view({ pull: pull(change) }), ...more });

describe("before the merge", () => {
  it("looks first, and has the diff judged before anything is said of it", () => {
    expect(nextStep(open({ view: undefined }))).toEqual({ do: "read" });
    expect(nextStep(open({ assessment: assessment({ gate: undefined }) }))).toEqual({ do: "assess" });
  });

  it.each(["propose", "delay", "merge"] as const)("proposes at tier %s", (tier) => {
    const nothing = { commit: undefined, pullNumber: undefined };
    const missing = { view: view({ pull: undefined }), assessment: assessment({ verdict: verdict(tier) }) };
    expect(nextStep(open(missing, nothing))).toEqual({ do: "propose" });
  });

  it.each(["observe", "suggest"] as const)("neither proposes nor merges at tier %s, decided then or now", (tier) => {
    const low = assessment({ verdict: verdict(tier) });
    expect(nextStep(open({ assessment: low })).do).toBe("wait");
    expect(nextStep(open({}, { verdict: verdict(tier) })).do).toBe("wait");
    const nothing = { commit: undefined, pullNumber: undefined };
    expect(nextStep(open({ view: view({ pull: undefined }), assessment: low }, nothing)).do).toBe("wait");
  });

  it("says why it steps back or waits", () => {
    const resolved = incident({ alerts: [resolvedAlert(t0 + minute)] });
    expect(nextStep(open({ incident: resolved }))).toMatchObject({ reason: { code: "resolved-before-merge" } });
    expect(nextStep(open({ view: view({ archived: true }) }))).toMatchObject({ reason: { code: "merge-blocked" } });
    expect(nextStep(withPull({ mergeState: "dirty" }))).toMatchObject({ reason: { code: "head-moved" } });
  });

  it("takes a merge for its own up to ten minutes before it was decided, as clocks differ", () => {
    const merged = (mergedAt: number) => nextStep(withPull({ state: "merged", mergeCommit, mergedAt }));
    const decidedAt = t0 + minute;
    expect(merged(decidedAt - 10 * minute)).toEqual({
      do: "record-merge",
      commit: mergeCommit,
      at: decidedAt - 10 * minute,
    });
    expect(merged(decidedAt - 10 * minute - 1)).toMatchObject({ do: "end", reason: { code: "merge-blocked" } });
  });

  it("takes another check of ours for no gate, and a commit that it doesn't remember for its own", () => {
    const other = { name: "remit/other", state: "success" as const, required: true, ours: true };
    expect(nextStep(withPull({ checks: [other] }))).toEqual({ do: "report-gate" });
    expect(nextStep(open({ view: view() }, { commit: undefined }))).toEqual({ do: "merge" });
    expect(nextStep(open({ view: view() }, { commit }))).toEqual({ do: "merge" });
  });
});

describe("an open pull request", () => {
  it("whose required checks failed calls a person by their names", () => {
    const checks = gate === undefined ? [] : [gate, ci("failure"), ci("success", "lint"), ci("failure", "policy")];
    const reasons = [{ code: "checks-failed", message: "a required check failed: ci, policy" }];
    expect(nextStep(withPull({ checks }))).toEqual({ do: "escalate", reasons });
  });

  it("waits for checks by their names, or for what GitHub says", () => {
    const checks = gate === undefined ? [] : [gate, ci("pending"), ci("success", "lint"), ci("pending", "policy")];
    const waiting = nextStep(withPull({ checks, mergeState: "blocked" }));
    expect(waiting).toMatchObject({ reason: { code: "checks-pending", message: "waiting for ci, policy" } });
    const message = "GitHub reports the pull request as behind";
    expect(nextStep(withPull({ mergeState: "behind" }))).toMatchObject({ reason: { code: "merge-blocked", message } });
  });

  it("looks soon again while GitHub computes whether it may be merged", () => {
    const step = nextStep(withPull({ mergeState: "unknown" }, { now: t0 + 2 * 24 * 60 * minute }));
    const until = t0 + 2 * 24 * 60 * minute + defaultSettings.settleMs;
    expect(step).toMatchObject({ do: "wait", until, reason: { code: "merge-blocked" } });
  });

  it("is held until the longer of the veto windows ends, whichever is the newer", () => {
    const long = verdict("delay", { vetoWindowMs: 9 * minute });
    const wait = { do: "wait", until: t0 + 10 * minute, reason: { code: "grant" } };
    expect(nextStep(open({ assessment: assessment({ verdict: long }) }, { verdict: verdict("delay") }))).toMatchObject(
      wait,
    );
    expect(nextStep(open({ assessment: assessment({ verdict: verdict("delay") }) }, { verdict: long }))).toMatchObject(
      wait,
    );
  });

  it("waits for as many reviews as the policy asks for, and for one at least", () => {
    const asking = (count: number, reviews: readonly string[]) => {
      const proposing = verdict("propose", { approvals: { count, permission: "write", maxAgeMs: 30 * minute } });
      const given = reviews.map((author) => ({
        state: "approved" as const,
        author,
        isPerson: true,
        commit,
        submittedAt: t0 + minute,
      }));
      const permissions = new Map(reviews.map((login) => [login, "write" as const]));
      return nextStep(withPull({ reviews: given }, { assessment: assessment({ verdict: proposing }), permissions }));
    };
    const missing = (message: string) => ({ do: "wait", reason: { code: "approval-missing", message } });
    expect(asking(0, [])).toMatchObject(missing("waiting for 1 approving review of this head"));
    expect(asking(2, ["bob"])).toMatchObject(missing("waiting for 2 approving reviews of this head"));
    expect(asking(2, ["bob", "carol"]).do).toBe("merge");
    expect(asking(0, ["bob"]).do).toBe("merge");
  });
});
