import { describe, expect, it } from "vitest";
import { minute, type WorldOptions } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { left, people, play, pullNumber, shop } from "../../support/play.ts";
import { heard, say, tell } from "../../support/say.ts";

const opened = incidentWorlds();
const world = (tier: NonNullable<WorldOptions["tier"]>) => opened({ tier });

// Each talks to a GitHub of its own over HTTP, a dozen times.
const longMs = 240_000;

describe("a conversation on a pull request", { timeout: longMs }, () => {
  it("leads to a merge that people held, approved and let go, and listens to nobody else", async () => {
    const made = await world("propose");
    await play(made, { looks: 3 });
    const reader = await say(made, "carol", "/remit approve\n/remit status");
    expect(reader.reactions).toEqual(["eyes", "confused"]);
    expect(reader.answers).toEqual([expect.stringMatching(/takes write permission[\s\S]*pull request #/)]);
    const quoted = await say(made, "bob", "Don't say\n```\n/remit approve\n```\nyet, @carol");
    expect(quoted).toEqual({ reactions: [], answers: [] });

    expect((await say(made, "bob", "/remit hold")).reactions).toEqual(["eyes", "+1"]);
    const approved = await say(made, "bob", "/remit approve");
    expect(approved).toEqual({ reactions: ["eyes", "+1"], answers: [expect.stringContaining("and no other")] });
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], ours: 0 });
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], ours: 0 });
    await say(made, "bob", "/remit resume");
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: true }], ours: 1 });
  });

  it("stops and starts Remit in the whole repository", async () => {
    const made = await world("propose");
    await play(made, { looks: 3 });
    expect((await say(made, "carol", "/remit stop")).reactions).toEqual(["eyes", "confused"]);
    const stopped = await say(made, "bob", "/remit stop\n/remit approve");
    expect(stopped.reactions).toEqual(["eyes", "+1"]);
    const { rest } = people(made, "alice");
    const stops = async () => (await rest.issues.listForRepo({ ...shop, labels: "remit:stop", state: "open" })).data;
    expect(await stops()).toMatchObject([{ title: "Remit is stopped", user: { type: "Bot" } }]);
    expect(await left(made)).toMatchObject({ ours: 0 });
    expect((await say(made, "bob", "/remit start")).reactions).toEqual(["eyes", "confused"]);
    expect((await say(made, "alice", "/remit start")).reactions).toEqual(["eyes", "+1"]);
    expect(await stops()).toEqual([]);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ ours: 1 });
  });

  it("rejects the change for good, and calls a person who can ask for another one by name", async () => {
    const made = await world("propose");
    await play(made, { looks: 3 });
    const pull = await pullNumber(made);
    const rejected = await say(made, "bob", "/remit reject");
    expect(rejected.reactions).toEqual(["eyes", "+1"]);
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: false }], comments: [1] });
    made.clock.advance(minute);
    await made.reconcile();
    expect((await left(made)).pulls).toHaveLength(1);
    const issue = (await made.store.incidents.list(1))[0]?.response.issueNumber;
    const scaled = await say(made, "bob", "/remit scale 9 --environment staging", issue);
    expect(scaled.reactions).toEqual(["eyes", "confused"]);
    const back = await say(made, "bob", "/remit rolback", issue);
    expect(back.answers.at(-1)).toContain("did you mean rollback?");
    const unmerged = await say(made, "bob", "/remit undo", issue);
    expect(unmerged.answers.at(-1)).toContain("Nothing was merged");
    expect(pull).toBeGreaterThan(0);
  });

  it("takes back what was merged, as policy allows", async () => {
    const made = await world("merge");
    await play(made, { looks: 4, delivers: false });
    expect(await left(made)).toMatchObject({ ours: 1 });
    const issue = (await made.store.incidents.list(1))[0]?.response.issueNumber;
    const undone = await say(made, "bob", "/remit undo", issue);
    expect(undone.reactions).toEqual(["eyes", "+1"]);
    await made.reconcile();
    expect((await left(made)).pulls).toHaveLength(2);
  });
});

describe("a comment", { timeout: longMs }, () => {
  it("that was edited, or is late, raises nothing", async () => {
    const made = await world("propose");
    await play(made, { looks: 3 });
    const { rest } = people(made, "bob");
    const issue_number = await pullNumber(made);
    const { data: edited } = await rest.issues.createComment({ ...shop, issue_number, body: "Looks good" });
    made.clock.advance(minute);
    await rest.issues.updateComment({ ...shop, comment_id: edited.id, body: "/remit approve" });
    await made.reconcile();
    expect((await heard(made, issue_number, edited.id)).reactions).toEqual(["eyes", "confused"]);
    const { data: late } = await rest.issues.createComment({ ...shop, issue_number, body: "/remit approve" });
    made.clock.advance(2 * 60 * minute);
    await made.receive([made.firing()]);
    await made.reconcile();
    expect((await heard(made, issue_number, late.id)).reactions).toEqual(["eyes", "confused"]);
    expect(await left(made)).toMatchObject({ ours: 0 });
  });

  it("is obeyed once, though its webhook was lost, came twice, or the store is gone", async () => {
    const made = await world("propose");
    await play(made, { looks: 3 });
    const { rest } = people(made, "bob");
    const issue_number = await pullNumber(made);
    const { data: comment } = await rest.issues.createComment({ ...shop, issue_number, body: "/remit status" });
    await made.reconcile();
    for (let again = 0; again < 2; again++) {
      await tell(made, issue_number, comment.created_at);
      await made.reconcile();
    }
    expect((await heard(made, issue_number, comment.id)).answers).toHaveLength(1);
    const [record] = await made.store.incidents.list(1);
    if (record === undefined) throw new Error("no incident");
    expect(JSON.stringify(record.response)).not.toContain("/remit status");
    const { asked: _, ...forgotten } = record.response;
    await made.store.incidents.save({ ...record, response: forgotten });
    await made.reconcile();
    expect((await heard(made, issue_number, comment.id)).answers).toHaveLength(1);
  });
});
