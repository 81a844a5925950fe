import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { digest } from "../../src/digest.ts";
import { authorityFile } from "../../src/sandbox/demo/shop-files.ts";
import type { IncidentWorld, WorldOptions } from "../support/incident-world.ts";
import { incidentWorld, minute } from "../support/incident-world.ts";
import { left, notifyAgain, people, play, pullNumber, shop } from "../support/play.ts";

const open: { world: IncidentWorld; directory: string }[] = [];

async function world(options: Omit<WorldOptions, "directory"> = {}): Promise<IncidentWorld> {
  const directory = await mkdtemp(join(tmpdir(), "remit-incident-"));
  const made = await incidentWorld({ ...options, directory });
  open.push({ world: made, directory });
  return made;
}

afterEach(async () => {
  for (const { world: made, directory } of open.splice(0)) {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  }
});

const done = {
  pulls: [{ title: expect.stringContaining("v1.4.2"), state: "closed", merged: true }],
  issues: [{ title: expect.stringContaining("checkout"), state: "closed" }],
  comments: [1],
  gates: [1],
  ours: 1,
  deployed: expect.stringContaining("v1.4.2"),
};

describe("a bad deploy", () => {
  it("field note 1: becomes a merged, delivered and verified rollback within 8 requests, by git alone", async () => {
    const made = await world();
    await play(made);
    expect(await left(made)).toEqual(done);
    const [record] = await made.store.incidents.list(1);
    expect(record?.response.closed?.outcome).toBe("recovered");
    expect(record?.response.requests).toBeLessThanOrEqual(8);
    expect(made.github.violations).toEqual([]);
  });

  it("waits for a review where the policy only proposes, and merges what was approved", async () => {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 4 });
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open", merged: false }], ours: 0 });
    const carol = people(made, "carol").rest;
    await carol.pulls.createReview({ ...shop, pull_number: await pullNumber(made), event: "APPROVE" });
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }] });
    const bob = people(made, "bob").rest;
    await bob.pulls.createReview({ ...shop, pull_number: await pullNumber(made), event: "APPROVE" });
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: true }], ours: 1 });
  });

  it("waits for somebody else where only the author of the suspected change approves", async () => {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 2 });
    const number = await pullNumber(made);
    await people(made, "alice").rest.pulls.createReview({ ...shop, pull_number: number, event: "APPROVE" });
    made.clock.advance(minute);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], ours: 0 });
    await people(made, "bob").rest.pulls.createReview({ ...shop, pull_number: number, event: "APPROVE" });
    made.clock.advance(minute);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], ours: 1 });
  });

  it("waits for a new review where the approval is older than it counts", async () => {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 2 });
    const number = await pullNumber(made);
    const bob = people(made, "bob").rest;
    made.stop(true);
    await bob.pulls.createReview({ ...shop, pull_number: number, event: "APPROVE" });
    made.clock.advance(31 * minute);
    made.stop(false);
    await notifyAgain(made);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], ours: 0 });
    await bob.pulls.createReview({ ...shop, pull_number: number, event: "APPROVE" });
    made.clock.advance(minute);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], ours: 1 });
  });

  it("looks once more between asking what a reviewer may do and the merge, so that an objection is seen", async () => {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 2 });
    const bob = people(made, "bob").rest;
    await bob.pulls.createReview({ ...shop, pull_number: await pullNumber(made), event: "APPROVE" });
    made.clock.advance(minute);
    await made.reconcile();
    const asked = made.github.requests.filter(({ actor }) => actor === "remit[bot]").map(({ operation }) => operation);
    const merge = asked.lastIndexOf("pulls/merge");
    expect(asked.slice(0, merge)).toContain("repos/get-collaborator-permission-level");
    expect(asked[merge - 1]).toMatch(/^query /);
  });

  it("says in git by which policy it was merged: the one that stood then, not the one it was planned by", async () => {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 4 });
    const text = authorityFile("propose").replace("version: 1", "version: 2");
    const files = { ".github/remit/authority.yaml": text };
    await made.github.commitAs("alice", { branch: "main", message: "Say the same, reviewed again", files });
    const bob = people(made, "bob").rest;
    await bob.pulls.createReview({ ...shop, pull_number: await pullNumber(made), event: "APPROVE" });
    await made.receive([made.event("push")]);
    await made.reconcile();
    const { data } = await bob.repos.getCommit({ ...shop, ref: "main" });
    expect(data.commit.message).toContain(`Remit-Policy: ${digest(text)}@`);
  });

  it("is undone once when the fix was applied and doesn't help, and a person is called", async () => {
    const made = await world();
    await play(made, { helps: false, looks: 60 });
    const after = await left(made);
    expect(after.pulls).toHaveLength(2);
    expect(after.pulls.every(({ merged }) => merged)).toBe(true);
    expect(after).toMatchObject({ ours: 2, issues: [{ state: "open" }], deployed: expect.stringContaining("v1.5.0") });
    const [record] = await made.store.incidents.list(1);
    expect(record?.response.escalated).toBeDefined();
  });

  it("field notes 3 and 6: is never undone when nobody said that the fix was applied", async () => {
    const made = await world();
    await play(made, { delivers: false, looks: 60 });
    expect(await left(made)).toMatchObject({ ours: 1, deployed: expect.stringContaining("v1.4.2") });
    const [record] = await made.store.incidents.list(1);
    expect(record?.response.remediations[0]?.ended?.outcome).toBe("undelivered");
    expect(record?.response.escalated).toBeDefined();
  });
});

describe("people come first", () => {
  async function proposed() {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 2 });
    return made;
  }

  it("a pull request that a person closed isn't opened again", async () => {
    const made = await proposed();
    await people(made, "bob").rest.pulls.update({ ...shop, pull_number: await pullNumber(made), state: "closed" });
    for (let look = 0; look < 5; look++) {
      made.clock.advance(10 * minute);
      await made.reconcile();
    }
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: false }], ours: 0 });
  });

  async function alertAgain(made: IncidentWorld) {
    await made.receive([made.resolved()]);
    await made.reconcile();
    made.clock.advance(10 * minute);
    await made.receive([made.firing({ startsAt: made.clock.now() })]);
    await made.reconcile();
  }

  it("a change whose pull request a person closed, branch and all, isn't proposed again by the next incident", async () => {
    const made = await proposed();
    const bob = people(made, "bob").rest;
    const number = await pullNumber(made);
    const { data: pull } = await bob.pulls.get({ ...shop, pull_number: number });
    await bob.pulls.update({ ...shop, pull_number: number, state: "closed" });
    await bob.git.deleteRef({ ...shop, ref: `heads/${pull.head.ref}` });
    await alertAgain(made);
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: false }], ours: 0 });
    const [record] = await made.store.incidents.list(1);
    expect(record?.response.remediations[0]?.ended?.reason.code).toBe("closed-by-person");
  });

  it("a change that Remit itself withdrew is proposed again when the trouble comes back", async () => {
    const made = await proposed();
    await alertAgain(made);
    expect((await left(made)).pulls.map(({ state }) => state).sort()).toEqual(["closed", "open"]);
  });

  it("a foreign commit on the branch means hands off", async () => {
    const made = await proposed();
    const [pull] = (await people(made, "bob").rest.pulls.list(shop)).data;
    const files = { "README.md": "mine now\n" };
    await made.github.commitAs("bob", { branch: pull?.head.ref ?? "", message: "My turn", files });
    await people(made, "alice").rest.pulls.createReview({
      ...shop,
      pull_number: await pullNumber(made),
      event: "APPROVE",
    });
    made.clock.advance(minute);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], comments: [1], ours: 0 });
  });

  it("field note S17: what was merged is compared with what was decided, and a person is called where it differs", async () => {
    const made = await proposed();
    const [pull] = (await people(made, "bob").rest.pulls.list(shop)).data;
    const files = { "README.md": "and this\n" };
    made.github.setRules({ requiredChecks: [] });
    await made.github.commitAs("bob", { branch: pull?.head.ref ?? "", message: "One more thing", files });
    await people(made, "bob").rest.pulls.merge({ ...shop, pull_number: pull?.number ?? 0, merge_method: "squash" });
    await made.reconcile();
    await made.receive([made.applied(await made.mainHead())]);
    await made.reconcile();
    const [record] = await made.store.incidents.list(1);
    expect(record?.response).toMatchObject({
      escalated: { reasons: [{ code: "merge-differs" }] },
      remediations: [{ differs: { code: "merge-differs" } }],
    });
    expect(await left(made)).toMatchObject({ comments: [1] });
    // What was decided is in it all the same, and is watched to its end, with nobody called again.
    for (let look = 0; look < 4; look++) {
      made.clock.advance(minute);
      await made.receive([made.resolved()]);
      await made.reconcile();
    }
    const [ended] = await made.store.incidents.list(1);
    expect(ended?.response).toMatchObject({ closed: { outcome: "recovered" } });
  });

  it("an alert that resolves before the merge withdraws the pull request", async () => {
    const made = await proposed();
    await made.receive([made.resolved()]);
    await made.reconcile();
    expect(await left(made)).toMatchObject({
      pulls: [{ state: "closed", merged: false }],
      issues: [{ state: "closed" }],
      ours: 0,
    });
  });

  it("a human fix of the same field withdraws the pull request", async () => {
    const made = await proposed();
    const release = (await made.deployed()).replace("v1.5.0", "v1.5.1");
    const path = "apps/checkout/overlays/production/kustomization.yaml";
    await made.github.commitAs("alice", { branch: "main", message: "Fix forward", files: { [path]: release } });
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: false }], ours: 0 });
  });
});

describe("the stop switch", () => {
  it.each(["REMIT_STOP", "the file", "the issue"])(
    "%s stops before anything is written, and lets go again",
    async (which) => {
      const made = await world();
      const alice = people(made, "alice").rest;
      const stopFile = { ".github/remit/STOP": "" };
      if (which === "REMIT_STOP") made.stop(true);
      if (which === "the file")
        await made.github.commitAs("alice", { branch: "main", message: "Stop", files: stopFile });
      if (which === "the issue") await alice.issues.create({ ...shop, title: "Stop", labels: ["remit:stop"] });
      await made.receive([made.event("push")]);
      await play(made, { looks: 6 });
      const during = await left(made);
      expect(during).toMatchObject({ pulls: [], ours: 0 });
      const [record] = await made.store.incidents.list(1);
      const told = record?.response.timeline.some(({ event }) => event === "stopped");
      expect(told, "known at intake").toBe(which !== "the issue");

      made.stop(false);
      const gone = { ".github/remit/STOP": null };
      if (which === "the file") await made.github.commitAs("alice", { branch: "main", message: "Go on", files: gone });
      const { data } = await alice.issues.listForRepo({ ...shop, labels: "remit:stop" });
      for (const { number } of data) await alice.issues.update({ ...shop, issue_number: number, state: "closed" });
      made.clock.advance(10 * minute);
      await notifyAgain(made);
      await made.reconcile();
      expect((await left(made)).pulls).toHaveLength(1);
    },
  );

  it("set after the pull request was opened, it stops the merge", async () => {
    const made = await world({ tier: "propose" });
    await play(made, { looks: 2 });
    await people(made, "bob").rest.pulls.createReview({
      ...shop,
      pull_number: await pullNumber(made),
      event: "APPROVE",
    });
    made.stop(true);
    made.clock.advance(minute);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }], ours: 0 });
    made.stop(false);
    await made.reconcile();
    expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], ours: 1 });
  });
});
