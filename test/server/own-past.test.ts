import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { ownPast, type PastBudget, pastBudget } from "../../src/server/own-past.ts";
import { deployment } from "../backtest/history-world.ts";
import { type GitRepository, gitRepository, temporaryDirectory } from "../gitops/git-repository.ts";

const path = (service: string) => `apps/${service}/production/deployment.yaml`;
const at = (day: number, hour = 10) => `2026-11-${String(day).padStart(2, "0")}T${hour}:00:00Z`;
const set = (service: string, tag: string) => ({ [path(service)]: deployment(service, "shop", tag) });

/** Two releases that were taken back, and one wide change between them that a message names. */
function history(): GitRepository {
  const repository = gitRepository();
  repository.commit({ ...set("cart", "v1"), ...set("mail", "v1") }, { message: "Begin", at: "2026-10-01T10:00:00Z" });
  repository.commit(set("cart", "v2"), { message: "cart v2", at: at(2) });
  repository.commit(set("cart", "v1"), { message: 'Revert "cart v2"', at: at(2, 11) });
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`docs/${index}.md`, "wide\n"]));
  const everything = repository.commit(wide, { message: "Write everything down", at: at(4) });
  repository.commit({ "docs/0.md": undefined }, { message: `Revert ${everything}`, at: at(4, 11) });
  repository.commit(set("mail", "v2"), { message: "mail v2", at: at(8) });
  repository.commit(set("mail", "v1"), { message: 'Revert "mail v2"', at: at(8, 11) });
  return repository;
}

async function pastOf({ url }: GitRepository, budget: Partial<PastBudget> = {}, secondsPerLook = 0) {
  const directory = join(temporaryDirectory(), "mirror");
  // Nothing but commits and trees is in it at first.
  const mirror = await openMirror({ directory, repository: "acme/shop", url });
  onTestFinished(() => mirror.close());
  let now = Date.parse("2026-11-20T10:00:00Z");
  const clock = {
    now() {
      now += secondsPerLook * 1_000;
      return now;
    },
  };
  const revision = await mirror.head();
  return ownPast({ mirror, directory, revision, clock, budget: { ...pastBudget, ...budget } });
}

describe("a repository's own past", { timeout: 60_000 }, () => {
  it("is told from a clone without contents: what is needed is fetched", async () => {
    const past = await pastOf(history());
    expect(past).toMatchObject({ commits: 6, found: 2, replayed: 2, exact: 2, wrong: 0, failed: 0, cut: false });
    expect(new Date(past.since).toISOString()).toBe("2026-10-01T10:00:00.000Z");
    expect(past.report).toContain("2026-10-01 to 2026-11-20");
  });

  it("goes no further back than so many commits", async () => {
    expect(await pastOf(history(), { commits: 3 })).toMatchObject({
      commits: 3,
      found: 1,
      since: Date.parse(at(4, 11)),
    });
  });

  it("goes no further back than so long", async () => {
    expect(await pastOf(history(), { spanMs: 15 * 24 * 60 * 60_000 })).toMatchObject({ commits: 2, found: 1 });
  });

  it("replays only so many moments", async () => {
    const { found, replayed, quiet } = await pastOf(history(), { moments: 2 });
    expect({ found, all: replayed + quiet.moments <= 2 }).toEqual({ found: 2, all: true });
  });

  it("begins no moment after its time, and says that it was cut", async () => {
    expect(await pastOf(history(), { timeMs: 1_000 }, 1)).toMatchObject({ found: 2, cut: true });
    expect((await pastOf(history(), { timeMs: 1_000 }, 1)).replayed).toBeLessThan(2);
  });
});
