import { describe, expect, it } from "vitest";
import type { IncidentWorld } from "../../support/incident-world.ts";
import { minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { left, people, play, shop } from "../../support/play.ts";
import { heard, say, tell } from "../../support/say.ts";

const opened = incidentWorlds();

/** A bad release is out, and no alert has told of it. */
async function released(): Promise<IncidentWorld> {
  const made = await opened({ tier: "propose" });
  made.clock.advance(10 * minute);
  await made.release();
  made.clock.advance(minute);
  await made.endLeases();
  return made;
}

/** An issue of somebody's that has nothing to do with Remit. */
async function issueOf(made: IncidentWorld, title = "Checkout is slow"): Promise<number> {
  return (await people(made, "carol").rest.issues.create({ ...shop, title })).data.number;
}

const pulls = async (made: IncidentWorld) =>
  (await people(made, "alice").rest.pulls.list({ ...shop, state: "all" })).data;

const rollback = "/remit rollback checkout --environment production";
const restart = "/remit restart checkout --environment production";
const longMs = 240_000;

describe("a command on any issue", { timeout: longMs }, () => {
  it("begins the change that it names, by the path of every change, and tells where it was asked for", async () => {
    const made = await released();
    const on = await issueOf(made);
    const asked = await say(made, "bob", rollback, on);
    expect(asked.reactions).toEqual(["eyes", "+1"]);
    expect(asked.answers).toEqual([expect.stringContaining("approving review")]);
    await made.reconcile();
    const [pull] = await pulls(made);
    expect(pull?.body).toContain(`**What was asked for.** A change of \`checkout/production\`, by \`bob\` in #${on}`);
    expect(pull?.body).toContain("No alert was involved.");
    expect(pull?.title).toMatch(/roll back/i);
    const approved = await say(made, "bob", "/remit approve", pull?.number);
    expect(approved.reactions).toEqual(["eyes", "+1"]);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: true }], ours: 1 });
    expect(await made.deployed()).toContain("v1.4.2");
    await made.receive([made.applied(await made.mainHead())]);
    for (let look = 0; look < 6; look++) {
      made.clock.advance(minute);
      await made.reconcile();
    }
    expect((await made.store.incidents.list(2)).map(({ response }) => response.closed?.outcome)).toEqual(["recovered"]);
  });

  it("asks for nothing without the permission, a target, or an open mind", async () => {
    const made = await released();
    const on = await issueOf(made);
    const reader = await say(made, "carol", rollback, on);
    expect(reader).toEqual({ reactions: ["eyes", "confused"], answers: [expect.stringContaining("takes write")] });
    const nameless = await say(made, "bob", "/remit restart", on);
    expect(nameless.reactions).toEqual(["eyes", "confused"]);
    const unknown = await say(made, "bob", "/remit restart chekout --environment production", on);
    expect(unknown.answers).toEqual([expect.stringContaining("did you mean")]);
    const several = await say(made, "bob", "/remit restart checkout", on);
    expect(several.answers).toEqual([expect.stringContaining("add --environment")]);
    const undiscussed = await say(made, "bob", "/remit approve\n/remit undo", on);
    expect(undiscussed.answers).toEqual([expect.stringMatching(/No open incident[\s\S]*\/remit undo COMMIT/)]);
    const beyond = await say(made, "bob", restart, on);
    expect(beyond.answers).toEqual([expect.stringMatching(/may only suggest[\s\S]*no-grant/)]);
    const chat = await say(made, "bob", `I would say\n\n> ${restart}`, on);
    expect(chat).toEqual({ reactions: [], answers: [] });
    expect(await pulls(made)).toEqual([]);
    expect(await made.store.incidents.list(1)).toEqual([]);
  });

  it("points at the incident where there is one, and lists what is open", async () => {
    const made = await opened({ tier: "propose" });
    await play(made, { looks: 3 });
    const [incident] = await made.store.incidents.list(1);
    const on = await issueOf(made);
    const issue = incident?.response.issueNumber;
    const status = await say(made, "carol", "/remit status", on);
    expect(status.answers).toEqual([
      expect.stringContaining(`\`checkout/production\`, #${issue}: Remit opens pull request`),
    ]);
    const asked = await say(made, "bob", rollback, on);
    expect(asked.answers).toEqual([expect.stringContaining(`in #${issue}: ask for it there`)]);
    expect(await made.store.incidents.list(5)).toHaveLength(1);
  });

  it("stops Remit, and a stopped Remit changes nothing that is asked for", async () => {
    const made = await released();
    const on = await issueOf(made);
    const stopped = await say(made, "bob", `/remit stop\n${rollback}`, on);
    expect(stopped.reactions).toEqual(["eyes", "confused"]);
    expect(stopped.answers).toEqual([expect.stringMatching(/only watches this repository[\s\S]*may only suggest/)]);
    expect(await made.store.incidents.list(1)).toEqual([]);
    expect((await say(made, "alice", "/remit start", on)).reactions).toEqual(["eyes", "+1"]);
    expect((await say(made, "bob", rollback, on)).reactions).toEqual(["eyes", "+1"]);
  });

  it("is obeyed once, though its webhook comes twice and the process dies at any point", async () => {
    const made = await released();
    const on = await issueOf(made);
    const { rest } = people(made, "bob");
    const { data: comment } = await rest.issues.createComment({ ...shop, issue_number: on, body: rollback });
    for (const place of [1, 2, 3, 4, 5]) {
      made.crashAt(made.effects + place);
      await tell(made, on, comment.created_at);
      await made.reconcile();
    }
    await made.reconcile();
    const after = await heard(made, on, comment.id);
    expect(after.reactions).toEqual(["eyes", "+1"]);
    expect(after.answers.length).toBeLessThanOrEqual(2);
    expect(await made.store.incidents.list(5)).toHaveLength(1);
    expect(await pulls(made)).toHaveLength(1);
  });

  it("is withdrawn by a person like any change, and nobody is called", async () => {
    const made = await released();
    const on = await issueOf(made);
    await say(made, "bob", rollback, on);
    await made.reconcile();
    const [pull] = await pulls(made);
    await people(made, "alice").rest.pulls.update({ ...shop, pull_number: pull?.number ?? 0, state: "closed" });
    await made.receive([made.event("pull_request", "closed")]);
    await made.reconcile();
    const [record] = await made.store.incidents.list(1);
    expect(record?.response.closed?.outcome).toBe("resolved-without-change");
    expect(record?.response.escalated).toBeUndefined();
    expect((await left(made)).ours).toBe(0);
  });

  it("is withdrawn when nobody approves it in time, and nobody is called", async () => {
    const made = await released();
    await say(made, "bob", rollback, await issueOf(made));
    await made.reconcile();
    made.clock.advance(25 * 60 * minute);
    await made.receive([made.event("push")]);
    await made.reconcile();
    expect(await pulls(made)).toMatchObject([{ state: "closed", merged_at: null }]);
    const [record] = await made.store.incidents.list(1);
    expect(record?.response.closed?.reasons).toMatchObject([{ code: "approval-missing" }]);
    expect(record?.response.escalated).toBeUndefined();
  });

  it("is left alone in an archived repository, and a day later", async () => {
    const made = await released();
    const on = await issueOf(made);
    const { rest } = people(made, "bob");
    const { data: first } = await rest.issues.createComment({ ...shop, issue_number: on, body: "/remit status" });
    made.github.setArchived(true);
    await tell(made, on, first.created_at);
    await made.reconcile();
    made.github.setArchived(false);
    made.clock.advance(25 * 60 * minute);
    const second = await say(made, "bob", "/remit status", on);
    expect(second).toEqual({
      reactions: ["eyes", "+1"],
      answers: [expect.stringContaining("There is no open incident.")],
    });
    expect((await heard(made, on, first.id)).reactions).toEqual([]);
  });
});
