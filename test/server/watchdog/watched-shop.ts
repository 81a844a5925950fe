/** A watchdog over everything that `serve` runs, in a shop on GitHub's stand-in; it looks when the test says so. */

import { Octokit } from "@octokit/rest";
import type { Assembly } from "../../../src/server/assembly.ts";
import type { Config, SourceConfig } from "../../../src/server/config/config.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { sourceWatch } from "../../../src/server/source-watch.ts";
import { createWatchdog } from "../../../src/server/watchdog/watchdog.ts";
import { repo } from "../../sandbox/github/world.ts";
import { assembledShop } from "../assembled-shop.ts";

const minute = 60_000;
export const start = Date.parse("2026-11-20T10:00:00Z");

export const prom: SourceConfig = {
  name: "prom",
  type: "alertmanager",
  repository: "acme/shop",
  environments: undefined,
  watchdog: { silenceMs: 15 * minute, alert: "Watchdog" },
  tokens: [new Secret("token")],
};

export async function watchedShop(sources: readonly SourceConfig[] = [], config: Partial<Config> = {}) {
  const lines: { readonly fields: object; readonly message: string }[] = [];
  const write = (fields: object, message: string) => void lines.push({ fields, message });
  const log = { info: () => {}, warn: () => {}, error: write };
  const repository = "acme/shop";
  const speaker = { ...prom, name: "argocd", type: "argocd" as const, watchdog: undefined };
  const all = [...sources, speaker];
  const shop = await assembledShop(start, { sources: all, watchdog: true, ...config }, log);
  const { github, assembly, clock } = shop;
  const process = (each: Assembly = assembly, self = "one") => {
    const heard = sourceWatch({ store: each.store, clock, log, sources: all });
    const dog = createWatchdog({
      store: each.store,
      clock,
      log,
      sources: all,
      heard: () => heard.look(),
      workedAt: () => clock.now(),
      ends: each.watchdog,
      self,
      everyMs: minute,
    });
    return { heard, dog };
  };
  const { heard, dog } = process();
  await dog.runDue();
  const wait = async (minutes: number, watchers = [dog]) => {
    for (let passed = 0; passed < minutes; passed++) {
      clock.advance(minute);
      await Promise.all(watchers.map((each) => each.runDue()));
    }
  };
  const people = new Octokit({ baseUrl: github.apiUrl, auth: github.tokens.alice });
  const issues = async () =>
    (await people.rest.issues.listForRepo({ ...repo, state: "all", labels: "remit:watchdog" })).data;
  const issue = async () => {
    const found = await issues();
    if (found.length !== 1) throw new Error(`${found.length} issues`);
    return {
      state: found[0]?.state,
      number: found[0]?.number ?? 0,
      body: found[0]?.body ?? "",
      title: found[0]?.title,
    };
  };
  /** Remit's own, without those for tokens. */
  const asked = () => github.requests.filter(({ actor }) => actor === "remit[bot]").length;
  const kinds = async () => (await dog.look()).map(({ kind }) => kind);
  return { ...shop, repository, people, heard, dog, process, wait, issues, issue, asked, kinds, lines };
}
