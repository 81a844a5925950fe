/** Everybody's commands on GitHub's stand-in, each by their own account, heard by a whole Remit through signed webhooks. */
import { createHmac, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Directive, directiveRules } from "../../src/remediation/comments/directive.ts";
import { repo } from "../sandbox/github/world.ts";
import { startWaiting } from "./waiting-remit.ts";

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
    const { remit, pull, say, read, pulls } = await startWaiting();
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
    const { say, pull, pulls, merged, until, read } = await startWaiting();
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
    const { world, say, read, until, merged, pull } = await startWaiting();
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
    const { world, remit, pull, say, read } = await startWaiting();
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
