import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { afterEach, describe, expect, it } from "vitest";
import type { IncidentWorld, WorldOptions } from "../support/incident-world.ts";
import { incidentWorld, minute } from "../support/incident-world.ts";

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

function people(made: IncidentWorld, login: "alice" | "bob" | "carol" | "mallory"): Octokit {
  return new Octokit({ baseUrl: made.github.apiUrl, auth: made.github.tokens[login] });
}

const shop = { owner: "acme", repo: "shop" };

/** Everything that an incident may leave behind on GitHub, without ids and times. */
async function left(made: IncidentWorld) {
  const alice = people(made, "alice").rest;
  const { data: pulls } = await alice.pulls.list({ ...shop, state: "all" });
  const { data: issues } = await alice.issues.listForRepo({ ...shop, state: "all" });
  const { data: commits } = await alice.repos.listCommits({ ...shop, sha: "main" });
  const incidents = issues.filter((issue) => issue.pull_request === undefined);
  const comments = await Promise.all(
    incidents.map(({ number }) => alice.issues.listComments({ ...shop, issue_number: number })),
  );
  const checks = await Promise.all(pulls.map(({ head }) => alice.checks.listForRef({ ...shop, ref: head.sha })));
  return {
    pulls: pulls.map(({ title, state, merged_at }) => ({ title, state, merged: merged_at !== null })),
    issues: incidents.map(({ title, state }) => ({ title, state })),
    comments: comments.map(({ data }) => data.length),
    gates: checks.map(({ data }) => data.check_runs.filter(({ name }) => name === "remit/gate").length),
    ours: commits.filter(({ commit }) => commit.message.includes("Remit-Incident:")).length,
    deployed: await made.deployed(),
  };
}

/** A bad release, an alert, and a controller that follows main; until nothing is open or `looks` are used up. */
async function play(made: IncidentWorld, options: { helps?: boolean; delivers?: boolean; looks?: number } = {}) {
  const { helps = true, delivers = true, looks = 30 } = options;
  await made.release();
  made.clock.advance(5 * minute);
  await made.receive([made.firing()]);
  let seen = await made.mainHead();
  for (let look = 0; look < looks; look++) {
    await made.reconcile();
    if ((await made.store.incidents.open()).length === 0) break;
    made.clock.advance(minute);
    const head = await made.mainHead();
    if (head !== seen && delivers) {
      seen = head;
      await made.receive([made.applied(head)]);
    }
    if (head !== seen) continue;
    const good = (await made.deployed()).includes("v1.4.2");
    if (good && helps) await made.receive([made.resolved()]);
    else await notifyAgain(made);
  }
}

/** Alertmanager repeats what still fires; a repeat is no new delivery, only a sighting. */
async function notifyAgain(made: IncidentWorld) {
  const alert = made.firing();
  const { source, fingerprint, startsAt, status } = alert;
  const body = JSON.stringify({ fingerprint, startsAt, status });
  await made.store.inbox.accept({
    source,
    type: "alertmanager",
    event: "",
    dedupeKey: body,
    body,
    receivedAt: made.clock.now(),
    sightings: [{ fingerprint, startsAt, status }],
  });
}

const done = {
  pulls: [{ title: expect.stringContaining("v1.4.2"), state: "closed", merged: true }],
  issues: [{ title: expect.stringContaining("checkout"), state: "closed" }],
  comments: [1],
  gates: [1],
  ours: 1,
  deployed: expect.stringContaining("v1.4.2"),
};

describe("a bad deploy", () => {
  it("becomes a merged, delivered and verified rollback within 8 requests", async () => {
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

  it("field note 6: is never undone when nobody said that the fix was applied", async () => {
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
      if (which === "REMIT_STOP") made.stop(true);
      if (which === "the file") {
        await made.github.commitAs("alice", { branch: "main", message: "Stop", files: { ".github/remit/STOP": "" } });
      }
      if (which === "the issue") await alice.issues.create({ ...shop, title: "Stop", labels: ["remit:stop"] });
      await play(made, { looks: 6 });
      const during = await left(made);
      expect(during).toMatchObject({ pulls: [], ours: 0 });
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

async function pullNumber(made: IncidentWorld): Promise<number> {
  const { data } = await people(made, "alice").rest.pulls.list(shop);
  return data[0]?.number ?? 0;
}
