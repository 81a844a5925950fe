/** Merges that are GitHub's to make: by its merge queue, or by auto-merge, with a whole Remit over HTTP. */
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { parseTrailers } from "../../src/ledger/trailers.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { badRelease, shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { type DemoRemitOptions, startRemit } from "../../src/sandbox/demo/start-remit.ts";
import type { GitHubOptions } from "../../src/sandbox/github/start-github.ts";
import { repo, startWorld } from "../sandbox/github/world.ts";
import { tellCheckout } from "../sandbox/tell-checkout.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

const settings = { ...defaultSettings, settleMs: 200, pollEveryMs: 1_000 };

/** A bad release that Remit may roll back; its pull request is there, and approved. */
async function start(github: Partial<GitHubOptions>, options: Pick<DemoRemitOptions, "autoMerge"> = {}) {
  const world = await startWorld({ initial: shopHistory(Date.now(), "propose"), ...github });
  const directory = join(temporaryDirectory(), "remit");
  const remit = await startRemit({ directory, github: world.github, settings, clock: systemClock, ...options });
  onTestFinished(() => remit.close());
  world.github.setWebhook(remit.webhookUrl);
  const { author, message, files } = badRelease(Date.now());
  await world.github.commitAs(author, { branch: "main", message, files });
  await tellCheckout(remit.alertmanager, Date.now());
  const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 100 });
  const alice = world.as("alice");
  const pull = () => alice.pulls.get({ ...repo, pull_number: 2 }).then(({ data }) => data);
  await until(async () => expect((await pull()).state).toBe("open"));
  await world.as("bob").pulls.createReview({ ...repo, pull_number: 2, event: "APPROVE" });
  const timeline = async () => (await remit.incidents())[0]?.response.timeline.map(({ event }) => event) ?? [];
  const report = (sha: string, state: "success" | "failure" | "pending") =>
    alice.repos.createCommitStatus({ ...repo, sha, context: "smoke", state });
  const merged = () => until(async () => expect((await pull()).merged).toBe(true));
  return { world, until, alice, pull, timeline, report, merged };
}

async function trailersOnMain({ world, alice }: Awaited<ReturnType<typeof start>>) {
  const { data } = await alice.repos.getCommit({ ...repo, ref: await world.head() });
  return parseTrailers(data.commit.message);
}

const timeout = 240_000;

describe("a merge queue", { timeout }, () => {
  const queue = { mergeQueue: true, requiredChecks: ["remit/gate", "ci/validate"] };

  it("merges what Remit decided, with Remit's gate on its group and Remit's trailers on main", async () => {
    const made = await start(queue);
    await made.merged();
    const head = await made.world.head();
    const { data } = await made.alice.checks.listForRef({ ...repo, ref: head, check_name: "remit/gate" });
    expect(data.check_runs).toMatchObject([{ conclusion: "success" }]);
    expect((await trailersOnMain(made)).get("Remit-Tier")).toBe("propose");
    await made.until(async () => expect(await made.timeline()).toContain("merged"));
    expect(await made.timeline()).toContain("handed-over");
  });

  it("that lets it go is answered by a call, and not by another try", async () => {
    const made = await start({ ...queue, requiredChecks: ["remit/gate", "smoke"] });
    await made.report((await made.pull()).head.sha, "success");
    const group = await made.until(async () => {
      const { data } = await made.alice.git.listMatchingRefs({ ...repo, ref: "heads/gh-readonly-queue" });
      const [ref] = data;
      if (ref === undefined) throw new Error("no group yet");
      return ref.object.sha;
    });
    await made.report(group, "failure");
    await made.until(async () => expect(await made.timeline()).toContain("escalated"));
    expect((await made.timeline()).filter((event) => event === "handed-over")).toHaveLength(1);
    expect(await made.pull()).toMatchObject({ state: "open", merged: false });
    const { data } = await made.alice.issues.listComments({ ...repo, issue_number: 1 });
    expect(data.map(({ body }) => body).join()).toContain("let the pull request go");
  });

  it("gives it back when a person holds it", async () => {
    const made = await start({ ...queue, requiredChecks: ["remit/gate", "smoke"] });
    await made.report((await made.pull()).head.sha, "success");
    await made.until(async () => expect(await made.timeline()).toContain("handed-over"));
    await made.world.as("bob").issues.createComment({ ...repo, issue_number: 2, body: "/remit hold" });
    await made.until(async () => expect(await made.timeline()).toContain("taken-back"));
    const { data } = await made.alice.git.listMatchingRefs({ ...repo, ref: "heads/gh-readonly-queue" });
    expect(data).toEqual([]);
    expect((await made.pull()).merged).toBe(false);
  });
});

describe("auto-merge", { timeout }, () => {
  const slow = { requiredChecks: ["remit/gate", "smoke"] };

  it("merges what waits for a check only, with the message of Remit's own merge", async () => {
    const made = await start(slow, { autoMerge: true });
    await made.until(async () => expect((await made.pull()).auto_merge?.enabled_by.login).toBe("remit[bot]"));
    await made.report((await made.pull()).head.sha, "success");
    await made.merged();
    const trailers = await trailersOnMain(made);
    expect([trailers.get("Remit-Tier"), trailers.get("Remit-Target")]).toEqual(["propose", "checkout/production"]);
    await made.until(async () => expect(await made.timeline()).toContain("merged"));
  });

  it("isn't used unless it was asked for, and is taken back by a stop", async () => {
    const without = await start(slow);
    await without.until(async () => expect(await without.timeline()).toContain("gate"));
    expect((await without.pull()).auto_merge).toBeNull();
    const made = await start(slow, { autoMerge: true });
    await made.until(async () => expect((await made.pull()).auto_merge).not.toBeNull());
    await made.alice.issues.create({ ...repo, title: "Stop", labels: ["remit:stop"] });
    await made.until(async () => expect((await made.pull()).auto_merge).toBeNull());
    await made.report((await made.pull()).head.sha, "success");
    await made.world.github.settled();
    expect((await made.pull()).merged).toBe(false);
  });
});
