/** A shop on GitHub's stand-in that has no policy, and Remit as `serve` runs it, which looks when a test says so. */
import { randomUUID } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import { formatOnboardingTask, parseOnboardingTask } from "../../../src/remediation/onboarding/onboarding-task.ts";
import { shopHistory } from "../../../src/sandbox/demo/shop-history.ts";
import type { GitHubOptions, SeedCommit } from "../../../src/sandbox/github/start-github.ts";
import type { Assembly } from "../../../src/server/assembly.ts";
import type { Config } from "../../../src/server/config/config.ts";
import { assembledShop } from "../assembled-shop.ts";

export const start = Date.parse("2026-11-20T10:00:00Z");
export const shop = { owner: "acme", repo: "shop" } as const;
export const minute = 60_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

const whole = Object.entries(Object.assign({}, ...shopHistory(start, "merge").map(({ files }) => files)));

/** The shop without anything of GitHub's or Remit's, as of a month ago. */
export const shopFiles: Readonly<Record<string, string>> = Object.fromEntries(
  whole.flatMap(([path, text]) => (path.startsWith(".github/") || typeof text !== "string" ? [] : [[path, text]])),
);

export function imported(files: SeedCommit["files"] = shopFiles): SeedCommit {
  return { author: "bob", date: start - 30 * 24 * 60 * minute, message: "Import the shop's manifests", files };
}

export async function unaskedShop(
  given: Partial<GitHubOptions> & { readonly config?: Partial<Config>; readonly holdsToDescriptions?: boolean } = {},
) {
  const { config, ...options } = given;
  const world = await assembledShop(start, { onboarding: true, ...config }, quiet, {
    initial: [imported()],
    requiredChecks: ["remit/gate"],
    ...options,
  });
  const { github, assembly, clock } = world;
  onTestFinished(() => github.assertNoViolations());
  const as = (login: "alice" | "bob" | "carol") => new Octokit({ baseUrl: github.apiUrl, auth: github.tokens[login] });
  /** Everything that is due is done, gates included; answers how many requests GitHub got for it, without tokens. */
  const work = async (by: Assembly = assembly) => {
    const asked = () => github.requests.filter(({ actor }) => actor === "remit[bot]").length;
    const before = asked();
    for (;;) {
      const item = await by.store.queue.take(clock.now(), minute);
      if (item === undefined) return asked() - before;
      const hold = { lease: item, renew: async () => {} };
      await by.store.queue.done(item, await by.reconcile(item.key, hold));
    }
  };
  /** As once a minute, and when it starts. */
  const look = async (by: Assembly = assembly) => {
    await by.store.queue.add(formatOnboardingTask("acme/shop"), clock.now());
    return work(by);
  };
  const tell = async (event: string, payload: object, by: Assembly = assembly) => {
    const repository = { id: 730_001, node_id: "R_1", full_name: "acme/shop" };
    const body = JSON.stringify({ repository, sender: { login: "alice" }, ...payload });
    const id = randomUUID();
    const delivery = { source: "github", type: "github", event, dedupeKey: id, body, receivedAt: clock.now(), id };
    return by.handleDelivery({ ...delivery, state: "pending", attempts: 1, error: undefined });
  };
  const pulls = async () => {
    const { data } = await as("alice").rest.pulls.list({ ...shop, state: "all" });
    return data.map(({ number, state, merged_at, title, body, user, head }) => ({
      ...{ number, state, title, body: body ?? "", author: user?.login, branch: head.ref, head: head.sha },
      merged: merged_at !== null,
    }));
  };
  const one = async () => {
    const [pull, ...others] = await pulls();
    if (pull === undefined || others.length > 0)
      throw new Error(`${others.length} pull requests beside ${pull?.number}`);
    return pull;
  };
  /** The default branch moved, and Remit heard of it. */
  const push = async (files: Readonly<Record<string, string | null>>, by: Assembly = assembly) => {
    await github.commitAs("bob", { branch: "main", message: "Work goes on", files });
    await tell("push", { ref: "refs/heads/main" }, by);
  };
  return { ...world, as, work, look, tell, pulls, one, push };
}

export const isOnboarding = (key: string) => parseOnboardingTask(key) !== undefined;
