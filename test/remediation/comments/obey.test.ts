import { describe, expect, it } from "vitest";
import { type Directive, directiveRules } from "../../../src/remediation/comments/directive.ts";
import { obey } from "../../../src/remediation/comments/obey.ts";
import type { CommentView, RepositoryView } from "../../../src/remediation/forge.ts";
import type { Response } from "../../../src/remediation/response.ts";
import type { Permission } from "../../../src/remediation/situation.ts";
import {
  commit,
  merged,
  minute,
  planned,
  pull,
  remediation,
  response,
  t0,
  verdict,
  view,
} from "../../support/situation.ts";

const hour = 60 * minute;
const at = t0 + 3 * minute;
const order: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

function comment(change: Partial<CommentView> = {}): CommentView {
  const who = { author: "bob", isPerson: true };
  return {
    id: "IC_1",
    subjectId: "I_6",
    ...who,
    body: "",
    createdAt: at,
    edited: false,
    seen: true,
    answered: false,
    ...change,
  };
}

interface Case {
  readonly by?: Permission;
  readonly said?: Partial<CommentView>;
  readonly response?: Response;
  readonly view?: RepositoryView;
  readonly now?: number;
  readonly stopEnvironment?: boolean;
}

const proposed = response({ remediations: [remediation({ verdict: verdict("propose") })], issueNumber: 6 });

function say(directive: Directive, given: Case = {}) {
  const { by = "admin", said, now = at + minute, stopEnvironment = false } = given;
  return obey({ now, response: given.response ?? proposed, stopEnvironment }, given.view ?? view(), directive, {
    comment: comment(said),
    login: "bob",
    permission: by,
  });
}

const plain: readonly Directive[] = [
  { do: "status" },
  { do: "explain" },
  { do: "help" },
  { do: "approve", head: undefined },
  { do: "reject" },
  { do: "hold" },
  { do: "snooze", forMs: hour },
  { do: "escalate" },
  { do: "stop" },
];

describe("whoever asks", () => {
  it.each(plain)("needs the permission that $do takes, and no more", (directive) => {
    const { permission } = directiveRules[directive.do];
    for (const by of order) {
      expect(say(directive, { by }).obeyed, by).toBe(order.indexOf(by) >= order.indexOf(permission));
    }
  });

  it("needs for an approval what the policy asks for, too", () => {
    const approvals = { count: 1, permission: "maintain" as const, maxAgeMs: hour };
    const strict = response({ remediations: [remediation({ verdict: verdict("propose", { approvals }) })] });
    expect(say({ do: "approve", head: undefined }, { by: "write", response: strict }).text).toContain("maintain");
    expect(say({ do: "approve", head: undefined }, { by: "maintain", response: strict }).obeyed).toBe(true);
  });

  it("is asked to write a new comment instead of an edited one", () => {
    for (const directive of plain) expect(say(directive, { said: { edited: true } }).obeyed).toBe(false);
  });

  it("is too late an hour after for what lets Remit do more, and never for what holds it back", () => {
    const late = { now: at + hour + 1 };
    expect(say({ do: "approve", head: undefined }, { now: at + hour }).obeyed).toBe(true);
    expect(say({ do: "approve", head: undefined }, late).text).toContain("once more");
    for (const name of ["reject", "hold", "escalate", "stop"] as const)
      expect(say({ do: name }, late).obeyed).toBe(true);
  });
});

describe("an approval", () => {
  it("is of the commit that stands there, by name or not", () => {
    const approved = [{ by: "bob", at, head: commit }];
    expect(say({ do: "approve", head: undefined }).change).toEqual({ asked: { approvals: approved } });
    expect(say({ do: "approve", head: commit.slice(0, 7) }).change).toEqual({ asked: { approvals: approved } });
    expect(say({ do: "approve", head: "0123456" }).obeyed).toBe(false);
  });

  it("takes the place of the same person's, and of nobody else's", () => {
    const given = [
      { by: "bob", at: t0, head: "0".repeat(40) },
      { by: "alice", at: t0, head: commit },
    ];
    const before = { ...proposed, asked: { approvals: given } };
    expect(say({ do: "approve", head: undefined }, { response: before }).change?.asked?.approvals).toEqual([
      given[1],
      { by: "bob", at, head: commit },
    ]);
  });

  it.each([
    ["without a pull request", { view: view({ pull: undefined }) }],
    ["of one that is closed", { view: view({ pull: pull({ state: "closed" }) }) }],
    ["of what somebody else committed", { view: view({ pull: pull({ head: "e".repeat(40) }) }) }],
    ["from before there was one", { said: { createdAt: t0 } }],
    ["without a change", { response: response() }],
  ])("is refused %s", (_, given) => {
    const refused = say({ do: "approve", head: undefined }, given);
    expect(refused.obeyed).toBe(false);
    expect(refused.change).toBeUndefined();
  });
});

describe("a hold", () => {
  it("lasts until somebody ends it, or for as long as a snooze says from when it was written", () => {
    expect(say({ do: "hold" }).change?.asked?.held).toEqual({ by: "bob", at, until: undefined });
    expect(say({ do: "snooze", forMs: hour }).change?.asked?.held).toEqual({ by: "bob", at, until: at + hour });
    expect(say({ do: "snooze", forMs: hour }, { now: at + hour }).obeyed).toBe(false);
    const held = { ...proposed, asked: { held: { by: "alice", at: t0, until: undefined } } };
    expect(say({ do: "resume" }, { response: held }).change?.asked?.held).toBeUndefined();
    expect(say({ do: "resume" }).obeyed).toBe(false);
  });
});

describe("taking a change back", () => {
  const done = response({ remediations: [remediation({ merged })] });

  it("is a rejection before the merge, and an undo after it", () => {
    expect(say({ do: "reject" }).change?.asked?.rejected).toEqual({ by: "bob", at });
    expect(say({ do: "undo" }).obeyed).toBe(false);
    expect(say({ do: "reject" }, { response: done }).text).toContain("/remit undo");
    expect(say({ do: "undo" }, { response: done }).change?.asked?.undo).toEqual({ by: "bob", at });
    const undoing = response({ remediations: [remediation({ merged }), remediation({ kind: "undo" })] });
    expect(say({ do: "undo" }, { response: undoing }).obeyed).toBe(false);
    expect(say({ do: "reject" }, { response: response() }).obeyed).toBe(false);
  });

  it("isn't mixed with another change that somebody asks for", () => {
    const command = {
      service: "checkout",
      environment: undefined,
      namespace: undefined,
      leaseMs: undefined,
      ask: { action: "rollback" as const, to: undefined },
    };
    expect(say({ do: "act", command }).text).toContain("Reject it first");
    expect(say({ do: "act", command }, { response: done }).text).toContain("Undo it first");
    expect(say({ do: "act", command }, { response: response() })).toMatchObject({ obeyed: true, effect: "act" });
    expect(say({ do: "act", command }, { by: "triage", response: response() }).obeyed).toBe(false);
  });
});

describe("the stop switch", () => {
  it("is turned on once, and off by who may", () => {
    expect(say({ do: "stop" })).toMatchObject({ obeyed: true, effect: "open-stop" });
    expect(say({ do: "stop" }, { view: view({ stopIssue: 9 }) }).obeyed).toBe(false);
    expect(say({ do: "stop" }, { stopEnvironment: true }).obeyed).toBe(false);
    const stopped = { view: view({ stopIssue: 9 }) };
    expect(say({ do: "start" }, stopped)).toMatchObject({ obeyed: true, effect: "close-stop" });
    expect(say({ do: "start" }, { ...stopped, by: "write" }).obeyed).toBe(false);
    expect(say({ do: "start" }).obeyed).toBe(false);
  });

  it("tells what a comment can't lift", () => {
    const file = say({ do: "start" }, { view: view({ stopFile: true }) });
    expect(file).toMatchObject({ obeyed: false });
    expect(file.text).toContain(".github/remit/STOP");
    expect(say({ do: "start" }, { stopEnvironment: true }).text).toContain("REMIT_STOP");
  });
});

describe("what is told", () => {
  it("is how it stands, and why", () => {
    expect(say({ do: "status" }).text).toContain("pull request #7");
    expect(say({ do: "explain" }).text).toContain("| grant | propose |");
    expect(say({ do: "explain" }, { response: response({ plan: planned("suggest") }) }).text).toContain("Remit would");
    expect(say({ do: "explain" }, { response: response() }).text).toBe("Nothing is decided yet.");
  });

  it("lists each command with who may use it", () => {
    const { text } = say({ do: "help" });
    for (const { usage, permission } of Object.values(directiveRules)) {
      const line = text.split("\n").find((row) => row.includes(`\`${usage.replaceAll("|", "¦")}\``));
      expect(line?.endsWith(`| ${permission} |`), usage).toBe(true);
    }
  });

  it("calls a person once", () => {
    expect(say({ do: "escalate" }).change?.asked?.escalate).toEqual({ by: "bob", at });
    const called = { ...proposed, escalated: { at: t0, reasons: [] } };
    expect(say({ do: "escalate" }, { response: called }).obeyed).toBe(false);
  });

  it("looks once more only while nothing was begun", () => {
    const plan = planned("suggest");
    expect(say({ do: "retry" }, { response: response({ plan }) })).toMatchObject({
      obeyed: true,
      change: { plan: undefined },
    });
    expect(say({ do: "retry" }).obeyed).toBe(false);
    const over = remediation({ ended: { at, outcome: "rejected", reason: { code: "closed-by-person", message: "" } } });
    expect(say({ do: "retry" }, { response: response({ remediations: [over] }) }).obeyed).toBe(false);
  });
});
