import { describe, expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import type { RepositoryView } from "../../src/remediation/forge.ts";
import { nextStep } from "../../src/remediation/next-step.ts";
import type { Escalation } from "../../src/remediation/response.ts";
import type { Situation } from "../../src/remediation/situation.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { people, play, shop } from "../support/play.ts";
import { base, incident, pull, resolvedAlert, response, situation, t0, view } from "../support/situation.ts";

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

const runbook = `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: errors}
spec:
  on: {alerts: ["*"]}
  steps: [{action: rollback}]
  escalate: {to: [bob], again: {after: 10m, times: 2, to: [bob, acme/leads]}}
`;

describe("on GitHub", { timeout: 120_000 }, () => {
  const world = incidentWorlds();

  async function waiting(): Promise<IncidentWorld> {
    const files = { ".github/remit/runbooks/errors.yaml": runbook };
    const settings = { reviewWithinMs: 5 * minute };
    const made = await world({ tier: "propose", files, settings });
    await play(made, { looks: 12 });
    return made;
  }

  async function calls(made: IncidentWorld): Promise<string[]> {
    const { rest } = people(made, "alice");
    const { data: issues } = await rest.issues.listForRepo({ ...shop, state: "all" });
    const issue_number = issues.find(({ pull_request }) => pull_request === undefined)?.number ?? 0;
    const { data } = await rest.issues.listComments({ ...shop, issue_number });
    return data.flatMap(({ body }) => body?.match(/\*\*Called\.\*\* (.*)/)?.[1] ?? []);
  }

  async function pass(made: IncidentWorld, minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed++) {
      made.clock.advance(minute);
      await made.receive([made.firing({ observedAt: made.clock.now() })]);
      await lookedAt(made);
    }
  }

  /** As a worker does: what meets work of before the loss is looked at once more. */
  async function lookedAt(made: IncidentWorld): Promise<void> {
    try {
      await made.reconcile();
    } catch (error) {
      if (!(error instanceof RemitError) || error.code !== "github-conflict") throw error;
    }
  }

  it("people are called once more and once more, and then no more; a lost store doubles no call", async () => {
    const made = await waiting();
    expect(await calls(made)).toEqual(["@bob"]);
    await pass(made, 12);
    expect(await calls(made)).toEqual(["@bob", "@acme/leads @bob"]);
    await made.loseStore();
    await pass(made, 40);
    expect(await calls(made)).toEqual(["@bob", "@acme/leads @bob", "@acme/leads @bob"]);
  });

  it("whoever takes the issue is left alone, and the issue says who it is", async () => {
    const made = await waiting();
    const { rest } = people(made, "alice");
    const { data: issues } = await rest.issues.listForRepo(shop);
    const issue_number = issues.find(({ pull_request }) => pull_request === undefined)?.number ?? 0;
    await rest.issues.update({ ...shop, issue_number, assignees: ["bob"] });
    await made.receive([made.event("issues", "assigned")]);
    await pass(made, 30);
    expect(await calls(made)).toEqual(["@bob"]);
    const [record] = await made.store.incidents.open();
    expect(record?.response.escalated).toMatchObject({ answered: { by: "bob" } });
    const { data } = await rest.issues.get({ ...shop, issue_number });
    expect(data.body).not.toContain("nobody has reacted");
  });
});
