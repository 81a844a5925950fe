/** What people do to Remit's pull request and around it, by their own accounts, and a whole Remit that hears of it by signed webhooks. */
import { describe, expect, it } from "vitest";
import { overlay, overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { repo } from "../sandbox/github/world.ts";
import { tellCheckout } from "../sandbox/tell-checkout.ts";
import { startWaiting } from "./waiting-remit.ts";

const file = overlayFile("checkout", "production");
const good = { [file]: overlay("checkout", "production", "v1.4.2", 3) };
const timeout = 240_000;

async function waiting() {
  const made = await startWaiting();
  const { read, pull, until, remit, world } = made;
  const { data } = await read.pulls.get({ ...repo, pull_number: pull });
  const branch = data.head.ref;
  const head = data.head.sha;
  const shown = () => read.pulls.get({ ...repo, pull_number: pull }).then(({ data }) => data);
  const said = async (number: number) =>
    (await read.issues.listComments({ ...repo, issue_number: number, per_page: 100 })).data
      .filter(({ user }) => user?.login === `${world.github.appSlug}[bot]`)
      .map(({ body }) => body ?? "");
  const happened = (event: string) =>
    until(async () => {
      const [record] = await remit.incidents();
      expect(record?.response.timeline.map((entry) => entry.event)).toContain(event);
    });
  return { ...made, branch, head, shown, said, happened };
}

describe("people come first", { timeout }, () => {
  it("a commit of somebody else on the branch makes the pull request theirs, which is said once", async () => {
    const { world, branch, happened, shown, said, say } = await waiting();
    const theirs = await world.github.commitAs("bob", { branch, message: "And this", files: { "NOTES.md": "x\n" } });
    await happened("escalated");
    await say("bob", "/remit approve");
    expect(await shown()).toMatchObject({ state: "open", merged: false, head: { sha: theirs } });
    expect((await said(1)).filter((text) => text.includes("theirs now"))).toHaveLength(1);
  });

  it("a pull request that somebody closes, or whose branch goes, isn't opened again", async () => {
    const { read, pull, happened, pulls, remit, startsAt } = await waiting();
    await read.pulls.update({ ...repo, pull_number: pull, state: "closed" });
    await happened("ended");
    await tellCheckout(remit.alertmanager, startsAt);
    await happened("escalated");
    expect(await pulls()).toHaveLength(1);
    const gone = await waiting();
    await gone.world.as("bob").git.deleteRef({ ...repo, ref: `heads/${gone.branch}` });
    await gone.happened("ended");
    expect(await gone.pulls()).toHaveLength(1);
  });

  it("a person's own fix for the target closes Remit's with a note", async () => {
    const { world, happened, shown, said, pull } = await waiting();
    await world.github.commitAs("bob", { branch: "main", message: "Back to v1.4.2", files: good });
    await happened("withdrawn");
    expect(await shown()).toMatchObject({ state: "closed", merged: false });
    expect((await said(pull)).join()).toContain("Remit withdraws this");
  });

  it("an alert that resolves before the merge closes it with a note, and the issue with a summary", async () => {
    const { remit, startsAt, happened, shown, read } = await waiting();
    await tellCheckout(remit.alertmanager, startsAt, Date.now());
    await happened("closed");
    expect(await shown()).toMatchObject({ state: "closed", merged: false });
    expect((await read.issues.get({ ...repo, issue_number: 1 })).data).toMatchObject({ state: "closed" });
  });

  it("whoever asks for changes holds it back, however many others approve", async () => {
    const { world, pull, shown, say } = await waiting();
    await world.as("alice").pulls.createReview({ ...repo, pull_number: pull, event: "REQUEST_CHANGES", body: "No." });
    await world.as("bob").pulls.createReview({ ...repo, pull_number: pull, event: "APPROVE" });
    expect((await say("bob", "/remit status")).reaction).toBe("+1");
    await world.github.settled();
    expect(await shown()).toMatchObject({ state: "open", merged: false });
  });

  it("nothing is written to an archived repository, and all goes on when it is one no longer", async () => {
    const { world, pull, merged, remit, startsAt, until, happened } = await waiting();
    const { github } = world;
    const ours = () => github.requests.filter(({ actor }) => actor === "remit[bot]");
    const writes = () => ours().filter(({ operation }) => /^mutation|merge$/.test(operation)).length;
    await happened("gate");
    await github.settled();
    github.setArchived(true);
    const [looks, written] = [ours().length, writes()];
    await tellCheckout(remit.alertmanager, startsAt + 1);
    await until(async () => expect(ours().length).toBeGreaterThan(looks));
    await github.settled();
    expect(writes()).toBe(written);
    github.setArchived(false);
    await world.as("bob").pulls.createReview({ ...repo, pull_number: pull, event: "APPROVE" });
    await merged(pull);
  });
});
