/** A lost store loses nothing: incidents come back from the ledger, whatever their sources say or don't say again. */
import { describe, expect, it } from "vitest";
import { chain, entryOf } from "../../src/ledger/chain.ts";
import type { LedgerRecord } from "../../src/ledger/ledger-record.ts";
import type { Response } from "../../src/remediation/response.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { left, people, play, pullNumber, shop } from "../support/play.ts";
import { recorded } from "../support/read-ledger.ts";
import { say } from "../support/say.ts";

const opened = incidentWorlds();
const settings = { deliverWithinMs: 4 * minute, verifyWithinMs: 4 * minute };
const world = (tier: "merge" | "propose", change: Parameters<typeof opened>[0] = {}) =>
  opened({ tier, ledger: true, settings, ...change });

/** The demo's story, in which each source speaks once. Something may happen before each of its steps. */
async function story(made: IncidentWorld, before: (step: number) => Promise<unknown>): Promise<number> {
  let steps = 0;
  const act = async (doing: () => Promise<unknown>) => {
    await before(steps++);
    await doing();
  };
  await made.release();
  made.clock.advance(13 * minute);
  await made.receive([made.firing()]);
  let seen = await made.mainHead();
  let isTold = false;
  for (let look = 0; look < 16; look++) {
    await act(() => made.reconcile());
    if ((await made.store.incidents.open()).length === 0) break;
    made.clock.advance(minute);
    await made.keepLedger();
    const head = await made.mainHead();
    if (head !== seen) await act(() => made.receive([made.applied(head)]));
    else if (!isTold && (await made.deployed()).includes("v1.4.2")) {
      await act(() => made.receive([made.resolved()]));
      isTold = true;
    }
    seen = head;
  }
  return steps;
}

/** Of the newest incident. */
async function responseOf(made: IncidentWorld): Promise<Response> {
  const [record] = await made.store.incidents.list(1);
  return record?.response ?? expect.fail("the store knows no incident");
}

async function outcomeOf(made: IncidentWorld): Promise<string | undefined> {
  const { closed, escalated } = await responseOf(made);
  return closed?.outcome ?? (escalated === undefined ? undefined : "a person was called");
}

describe("an unattended remediation", { timeout: 600_000 }, () => {
  it("comes to its end at whatever step the store is lost: nothing is done twice, and what nobody told since is a person's", async () => {
    const calm = await world("merge");
    const steps = await story(calm, async () => {});
    const whole = await left(calm);
    expect(whole).toMatchObject({ ours: 1, pulls: [{ merged: true }], issues: [{ state: "closed" }] });
    const outcomes: unknown[] = [];
    for (let lostAt = 1; lostAt < steps; lostAt++) {
      const made = await world("merge");
      await story(made, async (step) => {
        if (step === lostAt) await made.loseStore();
      });
      const { issues: _, comments: __, ...rest } = await left(made);
      expect({ ...whole, ...rest }, `lost before step ${lostAt} of ${steps}`).toEqual(whole);
      outcomes.push(await outcomeOf(made));
    }
    // Lost with the controller's word, then with the end of the alert: nobody tells them again.
    const unheard = ["handed-off", "handed-off", "a person was called", "a person was called"];
    expect(outcomes).toEqual(["recovered", "recovered", ...unheard]);
  });
});

describe("a proposal", { timeout: 120_000 }, () => {
  async function proposed(change: Parameters<typeof opened>[0] = {}): Promise<IncidentWorld> {
    const made = await world("propose", change);
    await play(made, { looks: 2 });
    made.clock.advance(6 * minute);
    await made.keepLedger();
    return made;
  }

  it("is withdrawn when its alert resolves after the loss, though nothing was heard of it in between", async () => {
    const made = await proposed();
    await made.loseStore();
    expect(await made.store.incidents.open()).toHaveLength(1);
    await made.receive([made.resolved()]);
    await made.reconcile();
    expect(await left(made)).toMatchObject({
      ours: 0,
      pulls: [{ state: "closed", merged: false }],
      issues: [{ state: "closed" }],
    });
  });

  it("stays held, and keeps its approval", async () => {
    const made = await proposed();
    await say(made, "bob", "/remit snooze 3h");
    await say(made, "bob", "/remit approve");
    const { asked, timeline } = await responseOf(made);
    made.clock.advance(6 * minute);
    await made.keepLedger();
    await made.loseStore();
    const back = await responseOf(made);
    expect(back.asked?.held).toMatchObject({ by: "bob", until: asked?.held?.until });
    expect(back.asked?.approvals).toMatchObject([{ by: "bob", head: asked?.approvals?.[0]?.head }]);
    const events = timeline.map(({ event }) => event).filter((event) => event !== "gate");
    expect(back.timeline.map(({ event }) => event)).toEqual([...events, "restored"]);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ ours: 0, pulls: [{ state: "open" }] });
    await say(made, "bob", "/remit resume");
    await made.reconcile();
    expect(await left(made)).toMatchObject({ ours: 1 });
  });

  it("that a person was called to stays in the queue of calls, and nobody is called anew", async () => {
    const made = await proposed({ settings: { reviewWithinMs: 2 * minute } });
    await made.reconcile();
    const { escalated } = await responseOf(made);
    const { comments } = await left(made);
    made.clock.advance(6 * minute);
    await made.keepLedger();
    await made.loseStore();
    expect((await responseOf(made)).escalated).toEqual(escalated);
    await made.reconcile();
    expect((await left(made)).comments).toEqual(comments);
  });

  it("that a person was called to, who said a word, waits for nobody any more, and the ledger tells who it was", async () => {
    const made = await proposed({ settings: { reviewWithinMs: 2 * minute } });
    await made.reconcile();
    const { issueNumber = 0 } = await responseOf(made);
    made.clock.advance(minute);
    await people(made, "carol").rest.issues.createComment({ ...shop, issue_number: issueNumber, body: "I'm on it" });
    made.clock.advance(minute);
    await made.reconcile();
    expect((await responseOf(made)).escalated?.answered).toMatchObject({ by: "carol" });
    made.clock.advance(6 * minute);
    const answers = (await recorded(made)).filter(({ kind }) => kind === "answered");
    expect(answers).toMatchObject([{ actor: { kind: "person", login: "carol" }, result: { issue: issueNumber } }]);
    await made.loseStore();
    const back = await responseOf(made);
    expect(back.escalated?.answered).toMatchObject({ by: "carol" });
    expect(back.timeline.map(({ message }) => message)).toContain("carol reacted to the call");
  });

  it("that a person asked for isn't taken for one that nobody needs", async () => {
    const made = await world("propose");
    made.clock.advance(10 * minute);
    await made.release();
    await made.endLeases();
    const { data } = await people(made, "carol").rest.issues.create({ ...shop, title: "It is slow" });
    await say(made, "bob", "/remit rollback checkout --environment production", data.number);
    await made.reconcile();
    const asked = (await responseOf(made)).asked?.request;
    expect(await pullNumber(made)).toBeGreaterThan(0);
    made.clock.advance(6 * minute);
    await made.keepLedger();
    await made.loseStore();
    expect((await responseOf(made)).asked?.request).toEqual(asked);
    await made.reconcile();
    expect((await left(made)).pulls).toMatchObject([{ state: "open" }]);
  });
});

describe("what isn't Remit's own word", { timeout: 120_000 }, () => {
  /** As somebody writes it who may push branches. */
  async function forge(made: IncidentWorld, of: readonly LedgerRecord[], at: readonly LedgerRecord[]): Promise<void> {
    const text = JSON.stringify(of).replaceAll(of[0]?.incident?.id ?? "-", "checkout-production-0123456789ab");
    const entries = (JSON.parse(text) as LedgerRecord[]).map(
      ({ format: _, sequence: __, previous: ___, id: ____, ...content }) => entryOf(content),
    );
    const { files } = chain(entries, { sequence: at.length, hash: "0".repeat(64) });
    await made.github.commitAs("mallory", {
      branch: "remit/ledger",
      message: "Record proposed",
      files: Object.fromEntries(files.map(({ path, text: content }) => [path, content])),
    });
  }

  it("opens nothing", async () => {
    const made = await world("merge");
    await story(made, async () => {});
    made.clock.advance(6 * minute);
    const records = await recorded(made);
    await forge(
      made,
      records.filter(({ kind }) => kind === "proposed"),
      records,
    );
    const before = made.github.requests.length;
    await made.loseStore();
    expect(await made.store.incidents.list(1)).toEqual([]);
    expect(made.github.requests.length - before).toBe(1);
  });
});

describe("a change of Remit's own word", { timeout: 120_000 }, () => {
  const id = "checkout-production-0123456789ab";

  /** The incident as it comes back from a record like that of a proposal, but for what is changed in it. */
  async function back(change: (made: IncidentWorld, record: LedgerRecord) => Promise<Partial<LedgerRecord>>) {
    const made = await world("propose");
    await play(made, { looks: 1 });
    await made.receive([made.resolved()]);
    await made.reconcile();
    const intent = (await recorded(made)).find(({ kind, phase }) => kind === "proposed" && phase === "intent");
    if (intent === undefined) expect.fail("nothing is proposed");
    const { format: _, sequence: __, previous: ___, id: ____, ...content } = intent;
    const other: LedgerRecord = JSON.parse(JSON.stringify(content).replaceAll(content.incident?.id ?? "-", id));
    await made.store.outbox.add("acme/shop", [entryOf({ ...other, ...(await change(made, other)) })]);
    await recorded(made);
    await made.loseStore();
    return (await made.store.incidents.get(id))?.response.remediations.map(({ branch }) => branch);
  }

  it("counts as it was decided", async () => {
    expect(await back(async () => ({}))).toEqual([expect.stringMatching(/^remit\/rollback\//)]);
  });

  it("doesn't, where it isn't decided the same again", async () => {
    const change = async (_: unknown, record: LedgerRecord) =>
      record.change === undefined ? {} : { change: { ...record.change, candidate: "0123456789ab" } };
    expect(await back(change)).toEqual([]);
  });

  it("doesn't, where it rests on a commit that isn't the default branch's", async () => {
    const change = async (made: IncidentWorld, record: LedgerRecord): Promise<Partial<LedgerRecord>> => {
      const base = await made.github.commitAs("mallory", {
        branch: "elsewhere",
        message: "Write a note",
        files: { "note.txt": "hello\n" },
      });
      const { decision, change: of } = record;
      if (decision === undefined || of === undefined) return {};
      return { decision: { ...decision, base }, change: { ...of, base } };
    };
    expect(await back(change)).toEqual([]);
  });
});
