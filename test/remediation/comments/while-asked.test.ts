import { describe, expect, it } from "vitest";
import type { CommentView } from "../../../src/remediation/forge.ts";
import { nextStep } from "../../../src/remediation/next-step.ts";
import { defaultSettings } from "../../../src/remediation/settings.ts";
import type { Situation } from "../../../src/remediation/situation.ts";
import {
  assessment,
  commit,
  incident,
  merged,
  minute,
  open,
  planned,
  pull,
  remediation,
  response,
  situation,
  t0,
  verdict,
  view,
} from "../../support/situation.ts";

const { settleMs, reviewWithinMs, pollEveryMs } = defaultSettings;
const now = t0 + 5 * minute;

function comment(change: Partial<CommentView> = {}): CommentView {
  const who = { author: "bob", isPerson: true };
  const said = { body: "/remit status", createdAt: t0 + 4 * minute, edited: false, seen: false, answered: false };
  return { id: "IC_1", subjectId: "I_6", ...who, ...said, ...change };
}

/** A merge is next, but for what people say. */
function ready(change: Partial<Situation> = {}, comments: readonly CommentView[] = []): Situation {
  return open({ now, viewedAt: now, view: view({ comments }), assessment: assessment(), ...change });
}

describe("a comment", () => {
  it("is answered before anything else is done, the oldest first", () => {
    const younger = comment({ id: "IC_2", createdAt: now });
    expect(nextStep(ready())).toEqual({ do: "merge" });
    expect(nextStep(ready({}, [younger, comment()]))).toEqual({ do: "answer-comment", comment: comment() });
  });

  it.each([
    ["was answered", { answered: true }],
    ["a program wrote", { isPerson: false }],
    ["holds no command", { body: "Looks good" }],
  ])("that %s is nobody's business", (_, change) => {
    expect(nextStep(ready({}, [comment(change)]))).toEqual({ do: "merge" });
  });

  it("isn't answered twice while GitHub's lists lag, nor at all in an archived repository", () => {
    const answers = [{ comment: "IC_1", obeyed: true, text: "", sent: true as const }];
    const sent = response({ remediations: [remediation()], issueNumber: 6, asked: { answers } });
    expect(nextStep(ready({ response: sent }, [comment()]))).toEqual({ do: "merge" });
    const unsent = { ...sent, asked: { answers: [{ comment: "IC_1", obeyed: true, text: "" }] } };
    expect(nextStep(ready({ response: unsent }, [comment()])).do).toBe("answer-comment");
    expect(nextStep(ready({ view: view({ comments: [comment()], archived: true }) })).do).toBe("wait");
  });
});

describe("a webhook's word of a comment", () => {
  const heard = { at: t0 + 4 * minute, heardAt: now - settleMs };
  const told = (change: Partial<Situation> = {}, comments?: readonly CommentView[]) =>
    ready({ incident: incident({ comment: heard }), ...change }, comments);

  it("leads to a look", () => {
    expect(nextStep(told({ view: undefined }))).toEqual({ do: "read" });
    const quiet = situation({
      incident: incident({ comment: heard }),
      response: response({ plan: planned("suggest") }),
    });
    expect(nextStep(quiet)).toEqual({ do: "read" });
  });

  it("is covered by a look without any comments, after a while", () => {
    const { comments: _, ...seen } = view();
    expect(nextStep(told({ view: seen })).do).toBe("note-comments");
  });

  it("is covered by a look that shows a comment as young, and by any look after a while", () => {
    const note = { do: "note-comments", heardTo: heard.heardAt };
    const early = { viewedAt: heard.heardAt, now: heard.heardAt };
    expect(nextStep(told(early, [comment({ answered: true })]))).toEqual(note);
    expect(nextStep(told(early, [comment({ answered: true, createdAt: heard.at - 1 })]))).toMatchObject({
      do: "wait",
      until: heard.heardAt + settleMs,
    });
    expect(nextStep(told({ viewedAt: heard.heardAt + settleMs }))).toEqual(note);
  });

  it("of the future is a wrong clock's, and waited for no longer", () => {
    const future = incident({ comment: { at: heard.at, heardAt: now + 2 * minute } });
    expect(nextStep(ready({ incident: future })).do).toBe("note-comments");
    const near = incident({ comment: { at: heard.at, heardAt: now + minute } });
    expect(nextStep(ready({ incident: near })).do).toBe("wait");
  });

  it("is over once it was covered", () => {
    const covered = response({ remediations: [remediation()], issueNumber: 6, commentsHeardTo: heard.heardAt });
    expect(nextStep(told({ response: covered }))).toEqual({ do: "merge" });
    const older = { ...covered, commentsHeardTo: heard.heardAt - 1 };
    expect(nextStep(told({ response: older })).do).toBe("note-comments");
  });
});

describe("what somebody asked for", () => {
  const asked = (said: NonNullable<Situation["response"]["asked"]>, change: Partial<Situation> = {}) =>
    ready({ response: response({ remediations: [remediation()], issueNumber: 6, asked: said }), ...change });
  const by = { by: "bob", at: t0 + 4 * minute };

  it("holds every write to git, until its time is over or a person is called", () => {
    const held = { held: { ...by, until: undefined } };
    const reason = { code: "held", message: "bob holds it" };
    expect(nextStep(asked(held))).toEqual({ do: "wait", until: now + pollEveryMs, reason });
    const late = { now: by.at + reviewWithinMs };
    expect(nextStep(asked(held, late))).toEqual({ do: "escalate", reasons: [reason] });
    const longer = { held: { ...by, until: late.now + minute } };
    expect(nextStep(asked(longer, late))).toEqual({ do: "escalate", reasons: [reason] });
    const until = now + minute;
    expect(nextStep(asked({ held: { ...by, until } }))).toMatchObject({ do: "wait", until });
    expect(nextStep(asked({ held: { ...by, until } }, { now: until }))).toEqual({ do: "merge" });
    const proposing = { view: view({ pull: undefined, branchHead: undefined }) };
    const begun = remediation({ commit: undefined, pullNumber: undefined });
    const before = response({ remediations: [begun], asked: held });
    expect(nextStep(asked(held, { ...proposing, response: before }))).toMatchObject({ reason: { code: "held" } });
    const ended = { at: t0, outcome: "failing" as const, reason: { code: "still-failing" as const, message: "" } };
    const failed = [remediation({ merged, ended })];
    const told = response({ remediations: failed, issueNumber: 6, escalated: { at: now, reasons: [] }, asked: held });
    expect(nextStep(asked(held, { response: { ...told, asked: {} } })).do).toBe("undo");
    expect(nextStep(asked(held, { response: told }))).toMatchObject({ reason: { code: "held" } });
  });

  it("holds nothing that isn't written to git", () => {
    const held = { held: { ...by, until: undefined } };
    const closed = incident({ alerts: incident().alerts.map((each) => ({ ...each, status: "resolved" as const })) });
    expect(nextStep(asked(held, { incident: closed })).do).toBe("withdraw");
    expect(nextStep(asked(held, { view: view({ pull: pull({ checks: [] }) }) })).do).toBe("report-gate");
  });

  it("calls a person once", () => {
    expect(nextStep(asked({ escalate: by }, { view: undefined }))).toEqual({ do: "read" });
    expect(nextStep(asked({ escalate: by }))).toMatchObject({ do: "escalate", reasons: [{ code: "asked" }] });
    const called = response({
      remediations: [remediation()],
      issueNumber: 6,
      asked: { escalate: by },
      escalated: { at: now, reasons: [] },
    });
    expect(nextStep(ready({ response: called }))).toEqual({ do: "merge" });
  });

  it("rejects the change that stood there, and none that came later", () => {
    expect(nextStep(asked({ rejected: by }))).toMatchObject({ do: "withdraw", reason: { code: "rejected-by-person" } });
    expect(nextStep(asked({ rejected: { ...by, at: t0 } }))).toEqual({ do: "merge" });
  });

  it("approves one head, beside reviews, which go before it", () => {
    const propose = {
      assessment: assessment({ verdict: verdict("propose") }),
      permissions: new Map([["bob", "write" as const]]),
    };
    const given = { approvals: [{ ...by, head: commit }] };
    expect(nextStep(asked({}, propose))).toMatchObject({ do: "wait", reason: { code: "approval-missing" } });
    expect(nextStep(asked(given, propose))).toEqual({ do: "merge" });
    expect(nextStep(asked({ approvals: [{ ...by, head: "e".repeat(40) }] }, propose)).do).toBe("wait");
    const review = { state: "changes-requested" as const, author: "bob", isPerson: true, commit, submittedAt: t0 };
    const objected = view({ pull: pull({ reviews: [review] }) });
    expect(nextStep(asked(given, { ...propose, view: objected })).do).toBe("wait");
    expect(nextStep(asked(given, { ...propose, permissions: new Map() }))).toEqual({
      do: "look-up-permissions",
      logins: ["bob"],
    });
  });

  it("takes back what was merged, once", () => {
    const done = remediation({ merged });
    const undo = (remediations: readonly ReturnType<typeof remediation>[]) =>
      nextStep(ready({ response: response({ remediations, issueNumber: 6, asked: { undo: by } }) }));
    expect(undo([done])).toMatchObject({ do: "end", outcome: "unknown", reason: { code: "asked" } });
    const ended = { at: now, outcome: "unknown" as const, reason: { code: "asked" as const, message: "" } };
    expect(undo([{ ...done, ended }])).toEqual({ do: "undo" });
    expect(undo([{ ...done, ended }, remediation({ kind: "undo" })])).toEqual({ do: "merge" });
  });
});
