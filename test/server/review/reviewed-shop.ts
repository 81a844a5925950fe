/** A shop on GitHub's stand-in with a ledger, and Remit as `serve` runs it, which looks for months to review when a test says so. */
import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import { entryOf } from "../../../src/ledger/chain.ts";
import type { GitHubOptions } from "../../../src/sandbox/github/start-github.ts";
import type { Assembly } from "../../../src/server/assembly.ts";
import type { Config } from "../../../src/server/config/config.ts";
import type { Told } from "../../audit/story.ts";
import { repo } from "../../sandbox/github/world.ts";
import { assembledShop } from "../assembled-shop.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const start = Date.parse("2026-10-31T12:00:00Z");

export const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export async function reviewedShop(config: Partial<Config> = {}, given: Partial<GitHubOptions> = {}) {
  const world = await assembledShop(start, { review: true, ledger: true, ...config }, quiet, given);
  const { github, assembly, clock } = world;
  onTestFinished(() => github.assertNoViolations());
  const people = new Octokit({ baseUrl: github.apiUrl, auth: github.tokens.alice });
  const asked = () => github.requests.filter(({ actor }) => actor === "remit[bot]").length;
  /** As once a minute; answers how many requests GitHub got for it, without tokens. */
  const look = async (by: Assembly = assembly) => {
    const before = asked();
    await by.endLeases?.();
    for (;;) {
      const item = await by.store.queue.take(clock.now(), minute);
      if (item === undefined) return asked() - before;
      try {
        await by.store.queue.done(item, await by.reconcile(item.key, { lease: item, renew: async () => {} }));
      } catch (error) {
        await by.store.queue.fail(item, String(error), clock.now() + minute);
      }
    }
  };
  /** These stand on the ledger's branch some minutes later. */
  const record = async (...told: readonly Partial<Told>[]) => {
    const time = new Date(clock.now()).toISOString();
    const incident = { id: "cart-production-1", service: "cart", environment: "production", openedAt: time };
    for (const each of told) {
      const common = { kind: "refused", phase: "result", time, software: "1.0.0", actor: { kind: "remit" } } as const;
      await assembly.store.outbox.add("acme/shop", [entryOf({ ...common, incident, ...each })]);
    }
    clock.advance(6 * minute);
    await look();
  };
  const at = (time: string) => clock.advance(Date.parse(time) - clock.now());
  const issues = async () => {
    const { data } = await people.rest.issues.listForRepo({ ...repo, state: "all", labels: "remit:review" });
    return data.map(({ number, state, title, body, user }) => ({
      ...{ number, state, title, body: body ?? "", author: user?.login },
    }));
  };
  return { ...world, people, look, record, at, issues };
}

/** Nothing was done, and the incident is over. */
export const abstained: readonly Partial<Told>[] = [
  { kind: "refused", result: { reasons: [{ code: "no-suspect", message: "nothing changed" }] } },
  { kind: "closed", result: { outcome: "abstained" } },
];
