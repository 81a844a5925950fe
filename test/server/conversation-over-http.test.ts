/** Everybody's commands on GitHub's stand-in, each by their own account, heard by a whole Remit through signed webhooks. */
import { createHmac, randomUUID } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { type Directive, directiveRules } from "../../src/remediation/comments/directive.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { badRelease, shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { startRemit } from "../../src/sandbox/demo/start-remit.ts";
import { fireCheckout } from "../sandbox/fire-checkout.ts";
import { repo, startWorld, type TestWorld } from "../sandbox/github/world.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

type Person = Parameters<TestWorld["as"]>[0];

/** A bad release of checkout is out, its alert fires, and Remit's pull request waits for a review. */
async function start() {
  const world = await startWorld({ initial: shopHistory(Date.now(), "propose"), ci: false });
  const { github } = world;
  const settings = { ...defaultSettings, settleMs: 200 };
  const remit = await startRemit({
    directory: join(temporaryDirectory(), "remit"),
    github,
    settings,
    clock: systemClock,
  });
  onTestFinished(() => remit.close());
  github.setWebhook(remit.webhookUrl);
  const { author, message, files } = badRelease(Date.now());
  await github.commitAs(author, { branch: "main", message, files });
  await fireCheckout(remit.alertmanager);
  const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 100 });
  const pull = await until(async () => {
    const [open] = (await world.as("alice").pulls.list(repo)).data;
    if (open === undefined) throw new Error("no pull request yet");
    return open.number;
  });
  const read = world.as("alice");
  /** Remit's last reaction, and whatever it said below. */
  const heard = (on: number, comment_id: number) =>
    until(async () => {
      const { data: reactions } = await read.reactions.listForIssueComment({ ...repo, comment_id });
      const last = reactions.map(({ content }) => content).find((content) => content !== "eyes");
      if (last === undefined) throw new Error("no answer yet");
      const { data: comments } = await read.issues.listComments({ ...repo, issue_number: on, per_page: 100 });
      const below = comments.slice(comments.findIndex(({ id }) => id === comment_id) + 1);
      const [answer] = below.filter(({ user }) => user?.login === `${github.appSlug}[bot]`);
      return { reaction: last, answer: answer?.body ?? "" };
    });
  const say = async (who: Person, body: string, on = pull) => {
    const { data } = await world.as(who).issues.createComment({ ...repo, issue_number: on, body });
    return heard(on, data.id);
  };
  const pulls = async () => (await read.pulls.list({ ...repo, state: "all", per_page: 100 })).data;
  const merged = (number: number) =>
    until(async () => expect((await read.pulls.get({ ...repo, pull_number: number })).data.merged).toBe(true));
  return { world, remit, pull, say, pulls, merged, until, read };
}

const lines: Readonly<Record<Directive["do"], string>> = {
  status: "/remit status",
  explain: "/remit explain",
  help: "/remit help",
  approve: "/remit approve",
  reject: "/remit reject",
  hold: "/remit hold",
  snooze: "/remit snooze 2h",
  resume: "/remit resume",
  retry: "/remit retry",
  undo: "/remit undo",
  escalate: "/remit escalate",
  stop: "/remit stop",
  start: "/remit start",
  act: "/remit rollback",
};

const timeout = 300_000;

describe("a conversation through signed webhooks", { timeout }, () => {
  it("does for a reader what a reader may ask for, and nothing else", async () => {
    const { remit, pull, say, read, pulls } = await start();
    for (const [name, { permission }] of Object.entries(directiveRules)) {
      const line = Object.entries(lines).find(([known]) => known === name)?.[1] ?? "";
      const { reaction, answer } = await say("carol", line);
      expect([line, reaction]).toEqual([line, permission === "read" ? "+1" : "confused"]);
      if (permission !== "read") expect(answer).toContain(`takes ${permission} permission`);
    }
    const [record] = await remit.incidents();
    const { answers: _, ...asked } = record?.response.asked ?? {};
    expect(asked).toEqual({});
    expect(await pulls()).toMatchObject([{ number: pull, state: "open" }]);
    expect((await read.issues.listForRepo({ ...repo, labels: "remit:stop", state: "all" })).data).toEqual([]);
  });

  it("obeys whoever may write, but for what takes an administrator, from the first look to the undo", async () => {
    const { say, pull, pulls, merged, until, read } = await start();
    for (const line of ["status", "explain", "help", "hold", "resume", "snooze 2h", "resume", "stop"])
      expect([line, (await say("bob", `/remit ${line}`)).reaction]).toEqual([line, "+1"]);
    expect(await say("bob", "/remit start")).toMatchObject({
      reaction: "confused",
      answer: expect.stringContaining("takes maintain permission"),
    });
    expect((await say("alice", "/remit start")).reaction).toBe("+1");
    expect(await say("bob", "/remit retry")).toMatchObject({ reaction: "confused" });
    expect((await say("bob", "/remit escalate")).reaction).toBe("+1");
    expect(await say("bob", "/remit approve 0000000")).toMatchObject({ reaction: "confused" });
    expect((await pulls()).map(({ state }) => state)).toEqual(["open"]);
    expect((await say("bob", "/remit approve")).reaction).toBe("+1");
    await merged(pull);
    expect(await say("bob", "/remit rollback")).toMatchObject({ reaction: "confused" });
    expect((await say("bob", "/remit undo")).reaction).toBe("+1");
    const undo = await until(async () => {
      const [open] = (await read.pulls.list(repo)).data;
      if (open === undefined) throw new Error("not undone yet");
      return open.number;
    });
    expect((await say("bob", "/remit reject", undo)).reaction).toBe("+1");
    await until(async () => expect((await read.pulls.list(repo)).data).toEqual([]));
    expect((await read.pulls.get({ ...repo, pull_number: undo })).data.merged).toBe(false);
  });

  it("begins on any issue what an administrator asks for, and leaves a stranger to GitHub", async () => {
    const { world, say, read, until, merged, pull } = await start();
    const { data: issue } = await world.as("carol").issues.create({ ...repo, title: "The cart forgets" });
    await expect(
      world.as("mallory").issues.createComment({ ...repo, issue_number: issue.number, body: "/remit stop" }),
    ).rejects.toThrow(/not found/i);
    const line = "/remit rollback cart --environment production";
    expect((await say("carol", line, issue.number)).reaction).toBe("confused");
    expect((await say("alice", line, issue.number)).reaction).toBe("+1");
    const asked = await until(async () => {
      const [open] = (await read.pulls.list(repo)).data.filter(({ number }) => number !== pull);
      if (open === undefined) throw new Error("no pull request yet");
      return open;
    });
    expect(asked.body).toContain(`by \`alice\` in #${issue.number}`);
    expect((await say("alice", "/remit approve", asked.number)).reaction).toBe("+1");
    await merged(asked.number);
  });

  it("hears nothing that GitHub hasn't signed, an edit, or a program, and one comment once", async () => {
    const { world, remit, pull, say, read } = await start();
    const { github } = world;
    const { data: mute } = await world.as("alice").issues.createComment({ ...repo, issue_number: pull, body: "Well." });
    await github.settled();
    github.setWebhook("http://127.0.0.1:9/nowhere");
    const { data: real } = await world.as("alice").issues.createComment({
      ...repo,
      issue_number: pull,
      body: "/remit stop",
    });
    const payload = { action: "created", issue: { number: pull }, comment: { ...real, user: { type: "User" } } };
    expect(await forge(remit.webhookUrl, "not the secret", payload)).toBe(401);
    expect(await forge(remit.webhookUrl, undefined, payload)).toBe(401);
    github.setWebhook(remit.webhookUrl);
    await world.as("alice").issues.updateComment({ ...repo, comment_id: mute.id, body: "/remit hold" });
    await world.remit.issues.createComment({ ...repo, issue_number: pull, body: "/remit reject" });
    await github.settled();
    // The next command that is heard is answered after what was lost before it: the edited one isn't obeyed, the program's not even seen.
    await say("bob", "/remit status");
    const reactions = async (comment_id: number) =>
      (await read.reactions.listForIssueComment({ ...repo, comment_id })).data.map(({ content }) => content);
    expect(await reactions(real.id)).toEqual(["eyes", "+1"]);
    expect(await reactions(mute.id)).toEqual(["eyes", "confused"]);
    const before = (await read.issues.listComments({ ...repo, issue_number: pull, per_page: 100 })).data.length;
    const told = github.deliveries.filter(({ event }) => event === "issue_comment").at(-1);
    github.redeliver(told?.guid ?? "");
    await github.settled();
    await say("carol", "/remit help");
    expect((await read.issues.listComments({ ...repo, issue_number: pull, per_page: 100 })).data).toHaveLength(
      before + 2,
    );
    expect((await read.pulls.get({ ...repo, pull_number: pull })).data.state).toBe("open");
  });
});

async function forge(url: string, secret: string | undefined, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = secret && createHmac("sha256", secret).update(body).digest("hex");
  const { status } = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "issue_comment",
      "x-github-delivery": randomUUID(),
      ...(signature === undefined ? {} : { "x-hub-signature-256": `sha256=${signature}` }),
    },
  });
  return status;
}
