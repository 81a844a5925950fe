/** A clock that jumps after the merge, when nothing asks GitHub: neither undone too early, nor waited for ever. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { nextStep } from "../../src/remediation/next-step.ts";
import type { Observation, Remediation, RemediationOutcome, Response } from "../../src/remediation/response.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import type { Situation } from "../../src/remediation/situation.ts";
import { alert, incident, mergeCommit, minute, open, t0, view } from "../support/situation.ts";

const hour = 60 * minute;
const tick = 30_000;
const mergedAt = t0 + 5 * minute;
const { deliverWithinMs, verifyWithinMs, pollEveryMs } = defaultSettings;

interface Story {
  /** Milliseconds since the merge. undefined: no controller ever says that it applied it. */
  readonly deliveredAfter: number | undefined;
  readonly jump: { readonly after: number; readonly by: number; readonly lasts: number };
}

const story: fc.Arbitrary<Story> = fc.record({
  deliveredAfter: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }).map((ticks) => ticks && ticks * tick),
  jump: fc.record({
    after: fc.integer({ min: 0, max: 100 }).map((ticks) => ticks * tick),
    by: fc.constantFrom(-72 * hour, -hour, hour, 72 * hour),
    lasts: fc.integer({ min: 1, max: 120 }).map((ticks) => ticks * tick),
  }),
});

/** An alert that fires on, and is repeated every four minutes, looked at twice a minute. */
function watch({ deliveredAfter, jump }: Story) {
  let { response }: { response: Response } = open({}, { merged: { at: mergedAt, commit: mergeCommit } });
  let current = response.remediations[0] as Remediation;
  let [heard, applied]: [number, number | undefined] = [t0, undefined];
  const happened: { step: string; after: number; outcome?: RemediationOutcome }[] = [];
  const turn = (after: number, now: number, wrong: boolean) => {
    let seen: Situation["view"];
    for (let steps = 0; steps < 20; steps++) {
      const report = applied === undefined ? undefined : { at: applied, revision: mergeCommit, application: "a" };
      response = { ...response, remediations: [current] };
      const delivery = { applied: report, failed: undefined, health: "unknown" as const };
      const heardOf = incident({ alerts: [alert({ lastFiringAt: heard })] });
      const step = nextStep(open({ now, response, delivery, incident: heardOf, view: seen, assessment: undefined }));
      if (step.do === "wait") return;
      if (step.do === "read") {
        const wrongClock = { at: mergedAt + after, aheadMs: jump.by };
        seen = view(wrong ? { wrongClock } : {});
      } else if (step.do === "note-clock") {
        response = { ...response, clock: { calledAt: undefined, ...response.clock, wrongSince: step.wrongSince } };
      } else if (step.do === "call-about-clock") {
        response = { ...response, clock: { wrongSince: step.since, calledAt: step.wrong.at } };
      } else if (step.do === "record-delivery") {
        current = { ...current, delivered: { at: step.at, revision: mergeCommit, application: "a" } };
      } else if (step.do === "record-observation") {
        const observations: readonly Observation[] = [...current.observations, step.observation];
        current = { ...current, observations };
      } else if (step.do === "end") {
        current = { ...current, ended: { at: now, outcome: step.outcome, reason: step.reason } };
        happened.push({ step: "end", after, outcome: step.outcome });
      } else if (step.do === "escalate") {
        response = { ...response, escalated: { at: now, reasons: step.reasons } };
      } else {
        happened.push({ step: step.do, after });
        return;
      }
    }
    throw new Error("it never waits");
  };
  for (let after = 0; after < 4 * hour && current.ended === undefined; after += tick) {
    const wrong = after >= jump.after && after < jump.after + jump.lasts;
    const now = mergedAt + after + (wrong ? jump.by : 0);
    if (after === deliveredAfter) applied = now;
    // Folded as notifications are: the latest word counts.
    if (after % (4 * minute) === 0) heard = Math.max(heard, now);
    turn(after, now, wrong);
  }
  return happened;
}

it("undoes and gives up no earlier than with a right clock, and no later than a while after it is right again", () => {
  fc.assert(
    fc.property(story, (told) => {
      const [ended, undone] = watch(told);
      const { deliveredAfter, jump } = told;
      const rightAgain = jump.after + jump.lasts;
      const isInTime = deliveredAfter !== undefined && deliveredAfter < deliverWithinMs;
      const allowed = isInTime ? deliveredAfter + verifyWithinMs : deliverWithinMs;
      expect(ended?.after).toBeLessThanOrEqual(Math.max(allowed, rightAgain) + deliverWithinMs + pollEveryMs);
      expect(ended?.after).toBeGreaterThanOrEqual(allowed);
      if (undone?.step === "undo") expect(ended?.outcome).toBe("failing");
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  [-72 * hour, "failing"],
  [-hour, "failing"],
  // The alert's last word is noted in the future, which is no evidence: a person is called, and nothing is undone.
  [hour, "unknown"],
  [72 * hour, "unknown"],
])(
  "a clock that jumps by %i ms for two minutes right after the delivery leads to a verdict in time: %s",
  (by, outcome) => {
    const [ended, undone] = watch({ deliveredAfter: 2 * minute, jump: { after: 3 * minute, by, lasts: 2 * minute } });
    expect(ended).toEqual({ step: "end", outcome, after: 2 * minute + verifyWithinMs });
    expect(undone?.step).toBe(outcome === "failing" ? "undo" : undefined);
  },
);
