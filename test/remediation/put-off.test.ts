import { expect, test } from "vitest";
import { leaseAlert } from "../../src/incidents/lease-alert.ts";
import { toIncidentAlert } from "../../src/incidents/merge-alert.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import { otherTrouble } from "../../src/remediation/put-off.ts";
import type { Ended } from "../../src/remediation/response.ts";
import {
  alert,
  incident,
  minute,
  planned,
  pull,
  remediation,
  resolvedAlert,
  response,
  situation,
  t0,
  view,
} from "../support/situation.ts";

const { repository, target } = incident();
const lease = toIncidentAlert(
  leaseAlert({ repository, target, commit: "a".repeat(40), startsAt: t0, expiresAt: t0, over: false, observedAt: t0 }),
);
const alone = incident({ alerts: [lease] });
const troubled = incident({ alerts: [lease, alert()] });
const open = view({ pull: pull() });
const undo = remediation({ kind: "undo" });

function ended(outcome: Ended["outcome"], reason: Ended["reason"]) {
  return { ...undo, ended: { at: t0 + minute, outcome, reason } };
}

test("a lease doesn't end in other trouble: before anything was begun its incident closes", () => {
  const close = { do: "close", outcome: "resolved-without-change", reasons: [otherTrouble] };
  expect(nextStep(situation({ incident: troubled }))).toEqual(close);
  expect(nextStep(situation({ incident: troubled, response: response({ plan: planned("merge") }) }))).toEqual(close);
  expect(nextStep(situation({ incident: alone })).do).toBe("read");
});

test("what a clock that was ahead told too early waits for its time", () => {
  const early = situation({ incident: alone, now: t0 - minute });
  expect(nextStep(early)).toEqual({ do: "wait", until: t0, reason: undefined });
  expect(nextStep({ ...early, now: t0 }).do).toBe("read");
});

test("what was proposed is withdrawn, and then its incident closes", () => {
  const proposed = { view: open, response: response({ remediations: [undo] }) };
  expect(nextStep(situation({ ...proposed, incident: troubled }))).toEqual({ do: "withdraw", reason: otherTrouble });
  expect(nextStep(situation({ ...proposed, incident: alone })).do).toBe("assess");
  const withdrawn = response({ remediations: [ended("withdrawn", otherTrouble)] });
  const close = { do: "close", outcome: "resolved-without-change", reasons: [otherTrouble] };
  expect(nextStep(situation({ incident: troubled, response: withdrawn }))).toEqual(close);
  const over = incident({ alerts: [lease, resolvedAlert(t0)] });
  expect(nextStep(situation({ incident: over, response: withdrawn }))).toEqual(close);
});

test("a person who doesn't want it to end is told once, and keeps no other incident of the target waiting", () => {
  const reason = { code: "closed-by-person", message: "a person closed the pull request" } as const;
  const rejected = { remediations: [ended("rejected", reason)] };
  for (const of of [alone, troubled]) {
    expect(nextStep(situation({ incident: of, response: response(rejected) })).do).toBe("escalate");
    const escalated = { at: t0 + minute, reasons: [reason] };
    expect(nextStep(situation({ incident: of, response: response({ ...rejected, escalated }) }))).toEqual({
      do: "close",
      outcome: "handed-off",
      reasons: [reason],
    });
  }
});

test("once it was merged it is watched, whatever fires", () => {
  const merged = { ...undo, merged: { at: t0 + minute, commit: "d".repeat(40) } };
  const watched = situation({
    incident: troubled,
    now: t0 + 2 * minute,
    response: response({ remediations: [merged] }),
  });
  expect(nextStep(watched)).toMatchObject({ do: "wait", reason: { code: "delivery-pending" } });
  const failing = {
    ...merged,
    ended: { at: t0, outcome: "failing", reason: { code: "still-failing", message: "" } },
  } as const;
  const escalated = { at: t0, reasons: [] };
  const after = situation({ incident: troubled, response: response({ remediations: [failing], escalated }) });
  expect(nextStep(after)).toMatchObject({ do: "wait", until: undefined });
});
