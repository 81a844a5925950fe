/** A whole Remit over HTTP, whose pull request waits for a review, with everybody's own account on GitHub's stand-in. */
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { badRelease, shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { startRemit } from "../../src/sandbox/demo/start-remit.ts";
import { repo, startWorld, type TestWorld } from "../sandbox/github/world.ts";
import { tellCheckout } from "../sandbox/tell-checkout.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

export type Person = Parameters<TestWorld["as"]>[0];

/** A bad release of checkout is out, its alert fires, and Remit's pull request waits for a review. */
export async function startWaiting() {
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
  const startsAt = Date.now();
  await tellCheckout(remit.alertmanager, startsAt);
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
  return { world, remit, pull, say, pulls, merged, until, read, startsAt };
}
