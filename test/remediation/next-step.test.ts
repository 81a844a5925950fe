import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tier } from "../../src/authority/verdict.ts";
import type { PullView } from "../../src/remediation/forge.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import {
  alert,
  assessment,
  base,
  commit,
  incident,
  mergeCommit,
  minute,
  open,
  planned,
  pull,
  resolvedAlert,
  response,
  situation,
  t0,
  verdict,
  view,
} from "../support/situation.ts";

const suspect = {
  commit: "a".repeat(40),
  committedAt: t0 - minute,
  author: "alice",
  subject: "checkout v1.5.0",
  score: 0.9,
  why: [],
  changes: [],
  paths: [],
};

const suspected = (tier: Tier) => ({ ...planned(tier), suspects: [suspect] });

describe("before there is a remediation", () => {
  it("reads GitHub before it plans", () => {
    expect(nextStep(situation())).toEqual({ do: "read" });
    expect(nextStep(situation({ view: view({ pull: undefined }) }))).toEqual({ do: "plan" });
  });

  it("plans again when the base branch moved, and when another alert joined", () => {
    const response1 = response({ plan: suspected("suggest"), toldAt: t0 + minute, issueNumber: 6 });
    const settled = situation({ response: response1 });
    expect(nextStep(settled).do).toBe("wait");
    expect(nextStep({ ...settled, knownHead: mergeCommit }).do).toBe("read");
    const late = incident({ alerts: [alert(), alert({ fingerprint: "other", firstSeenAt: t0 + 2 * minute })] });
    expect(nextStep({ ...settled, incident: late }).do).toBe("read");
  });

  it("tells people once what it may only suggest", () => {
    const telling = situation({ response: response({ plan: suspected("suggest") }), view: view() });
    expect(nextStep(telling).do).toBe("suggest");
    const told = response({ plan: suspected("suggest"), toldAt: t0 + minute, issueNumber: 6 });
    expect(nextStep({ ...telling, response: told }).do).toBe("wait");
  });

  it("stays silent at tier observe, and when nothing is suspected", () => {
    expect(nextStep(situation({ response: response({ plan: suspected("observe") }) })).do).toBe("wait");
    const nothing = { at: t0 + minute, base, suspects: [], outcome: { kind: "abstain" as const, reasons: [] } };
    expect(nextStep(situation({ response: response({ plan: nothing }) })).do).toBe("wait");
  });

  it("tells people of a suspect that it declined to act on", () => {
    const reasons = [{ code: "touches-migration" as const, message: "it came with a migration" }];
    const declined = { at: t0 + minute, base, suspects: [suspect], outcome: { kind: "abstain" as const, reasons } };
    expect(nextStep(situation({ response: response({ plan: declined }), view: view() })).do).toBe("suggest");
  });

  it("closes without a word when every alert resolved first", () => {
    const over = situation({ incident: incident({ alerts: [resolvedAlert(t0 + minute)] }) });
    expect(nextStep(over)).toMatchObject({ do: "close", outcome: "resolved-without-change" });
  });
});

describe("before the merge", () => {
  it("proposes when there is no pull request", () => {
    const nothing = { commit: undefined, pullNumber: undefined };
    const missing = open({ view: view({ pull: undefined, branchHead: undefined }) }, nothing);
    expect(nextStep(missing).do).toBe("propose");
  });

  it("never proposes twice: a pull request that GitHub doesn't show is waited for, then a person is called", () => {
    const lagging = { view: view({ pull: undefined, branchHead: undefined }) };
    expect(nextStep(open(lagging))).toMatchObject({ do: "wait", reason: { code: "merge-blocked" } });
    expect(nextStep(open({ ...lagging, now: t0 + 60 * minute })).do).toBe("escalate");
  });

  it("judges a remediation again whenever the base branch moved", () => {
    expect(nextStep(open({ assessment: undefined })).do).toBe("assess");
    expect(nextStep(open({ assessment: assessment({ head: "e".repeat(40) }) })).do).toBe("assess");
  });

  it("leaves what it withdrew before in this incident to a person", () => {
    const withdrawn = open({ view: view({ pull: pull({ state: "closed", withdrawn: true }) }) });
    expect(nextStep(withdrawn)).toMatchObject({
      do: "end",
      outcome: "rejected",
      reason: { code: "attempts-exhausted" },
    });
  });

  it("merges at tier merge with the gate reported and the rules satisfied", () => {
    expect(nextStep(open())).toEqual({ do: "merge" });
  });

  it("never merges without its own gate on that head", () => {
    const other = [{ name: "remit/gate", state: "success" as const, required: true, ours: false }];
    expect(nextStep(open({ view: view({ pull: pull({ checks: other }) }) })).do).toBe("report-gate");
  });

  it("calls a person once when the gate refuses, and never merges", () => {
    const refused = assessment({ gate: { conclusion: "failure", title: "differs", reasons: [] } });
    expect(nextStep(open({ assessment: refused })).do).toBe("escalate");
    const again = open({ assessment: refused });
    const called = { ...again.response, escalated: { at: t0, reasons: [] } };
    expect(nextStep({ ...again, response: called }).do).toBe("wait");
  });

  it.each([
    ["the stop file", { stopFile: true }, false],
    ["a stop issue", { stopIssue: 12 }, false],
    ["REMIT_STOP", {}, true],
    ["an archived repository", { archived: true }, false],
  ])("waits without writing under %s", (_, change, stopEnvironment) => {
    const stopped = open({ view: view(change), stopEnvironment });
    expect(nextStep(stopped).do).toBe("wait");
    const nothingYet = open({ view: view({ ...change, pull: undefined, branchHead: undefined }), stopEnvironment });
    expect(nextStep(nothingYet).do).toBe("wait");
  });

  it("waits when the policy was lowered after the decision", () => {
    expect(nextStep(open({ assessment: assessment({ verdict: verdict("suggest") }) })).do).toBe("wait");
    expect(nextStep(open({ assessment: assessment({ verdict: verdict("propose") }) })).do).toBe("wait");
  });

  it("doesn't merge by itself when the policy was raised after the decision", () => {
    expect(nextStep(open({}, { verdict: verdict("propose") })).do).toBe("wait");
  });

  it("takes a closed pull request as an answer", () => {
    const closed = nextStep(open({ view: view({ pull: pull({ state: "closed" }) }) }));
    expect(closed).toMatchObject({ do: "end", outcome: "rejected", reason: { code: "closed-by-person" } });
  });

  it("doesn't take its own closing, cut short by a crash, for a person's answer", () => {
    const withdrawing = { code: "resolved-before-merge" as const, message: "the alert resolved" };
    const closed = open({ view: view({ pull: pull({ state: "closed" }) }) }, { withdrawing });
    expect(nextStep(closed)).toEqual({ do: "withdraw", reason: withdrawing });
  });

  it.each([
    [
      "a foreign commit",
      {
        commits: [
          { id: commit, byUs: true },
          { id: "f".repeat(40), byUs: false },
        ],
      },
    ],
    ["a head that isn't ours", { head: "f".repeat(40) }],
  ])("hands off at %s", (_, change: Partial<PullView>) => {
    const step = nextStep(open({ view: view({ pull: pull(change) }) }));
    expect(step).toMatchObject({ do: "end", outcome: "rejected", reason: { code: "foreign-commit" } });
  });

  it("withdraws when the alert resolves first, and when a person fixed the same field", () => {
    const resolved = incident({ alerts: [resolvedAlert(t0 + minute)] });
    expect(nextStep(open({ incident: resolved })).do).toBe("withdraw");
    const obstacle = { code: "value-drifted" as const, message: "somebody changed it" };
    expect(nextStep(open({ assessment: assessment({ obstacle }) }))).toEqual({ do: "withdraw", reason: obstacle });
  });

  it("recognises its own merge after a crash", () => {
    const done = pull({ state: "merged", mergeCommit, mergedAt: t0 + 5 * minute });
    expect(nextStep(open({ view: view({ pull: done }) }))).toEqual({
      do: "record-merge",
      commit: mergeCommit,
      at: t0 + 5 * minute,
    });
  });

  it("doesn't take the merge of the same change weeks ago for its own", () => {
    const old = pull({ state: "merged", mergeCommit, mergedAt: t0 - 21 * 24 * 60 * minute });
    expect(nextStep(open({ view: view({ pull: old }) }))).toMatchObject({ do: "end", outcome: "rejected" });
  });

  it("holds tier delay until the veto window ends", () => {
    const delayed = open({ assessment: assessment({ verdict: verdict("delay") }) }, { verdict: verdict("delay") });
    expect(nextStep(delayed)).toMatchObject({ do: "wait", until: t0 + 6 * minute });
    expect(nextStep({ ...delayed, now: t0 + 6 * minute }).do).toBe("merge");
  });

  it.each([
    ["clean", "merge"],
    ["unstable", "merge"],
    ["has-hooks", "merge"],
    ["blocked", "wait"],
    ["behind", "wait"],
    ["draft", "wait"],
    ["unknown", "wait"],
    ["dirty", "withdraw"],
  ] as const)("answers merge state %s with %s", (mergeState, expected) => {
    expect(nextStep(open({ view: view({ pull: pull({ mergeState }) }) })).do).toBe(expected);
  });

  it("calls a person when checks take too long or a required one failed", () => {
    const blocked = open({ view: view({ pull: pull({ mergeState: "blocked" }) }) });
    expect(nextStep({ ...blocked, now: t0 + minute + defaultSettings.checksWithinMs }).do).toBe("escalate");
    const red = [...pull().checks, { name: "ci", state: "failure" as const, required: true, ours: false }];
    expect(nextStep(open({ view: view({ pull: pull({ checks: red }) }) })).do).toBe("escalate");
  });
});

describe("whatever the situation", () => {
  const arbitrary = fc.record({
    tier: fc.constantFrom<Tier[]>("observe", "suggest", "propose", "delay", "merge"),
    nowTier: fc.constantFrom<Tier[]>("observe", "suggest", "propose", "delay", "merge"),
    after: fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => t0 + minutes * minute),
    stopFile: fc.boolean(),
    stopEnvironment: fc.boolean(),
    gate: fc.constantFrom<("success" | "failure")[]>("success", "failure"),
    gateReported: fc.boolean(),
    foreign: fc.boolean(),
    firing: fc.boolean(),
    mergeState: fc.constantFrom<PullView["mergeState"][]>("clean", "unstable", "blocked", "behind", "dirty", "unknown"),
    state: fc.constantFrom<PullView["state"][]>("open", "closed", "merged"),
  });

  it("merges only what every guard allows", () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const checks = given.gateReported ? pull().checks : [];
        const commits = given.foreign ? [{ id: "f".repeat(40), byUs: false }] : pull().commits;
        const step = nextStep(
          open(
            {
              now: given.after,
              stopEnvironment: given.stopEnvironment,
              incident: given.firing ? incident() : incident({ alerts: [resolvedAlert(t0 + 1)] }),
              view: view({
                stopFile: given.stopFile,
                pull: pull({ checks, commits, mergeState: given.mergeState, state: given.state }),
              }),
              assessment: assessment({
                verdict: verdict(given.nowTier),
                gate: { conclusion: given.gate, title: "", reasons: [] },
              }),
            },
            { verdict: verdict(given.tier) },
          ),
        );
        if (step.do !== "merge") return;
        expect(["delay", "merge"]).toContain(given.tier);
        expect(["delay", "merge"]).toContain(given.nowTier);
        expect(given).toMatchObject({
          stopFile: false,
          stopEnvironment: false,
          gate: "success",
          gateReported: true,
          foreign: false,
          firing: true,
          state: "open",
        });
        expect(["clean", "unstable"]).toContain(given.mergeState);
      }),
    );
  });
});
