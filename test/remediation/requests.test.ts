import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entryOf } from "../../src/ledger/chain.ts";
import { unaskedShop } from "../server/onboarding/unasked-shop.ts";
import { abstained, day, reviewedShop } from "../server/review/reviewed-shop.ts";
import { prom, watchedShop } from "../server/watchdog/watched-shop.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { people, play, pullNumber, shop } from "../support/play.ts";
import { say } from "../support/say.ts";

const opened = incidentWorlds();
const unrecorded = (change: { readonly dashboard?: boolean }) => opened({ tier: "propose", ...change });

/** Where the ledger was begun before, and records are written as they are by default. */
async function world(tier: "merge" | "propose"): Promise<IncidentWorld> {
  const made = await opened({ tier, ledger: true });
  const time = new Date(made.clock.now() - 6 * minute).toISOString();
  const content = { kind: "stopped", phase: "result", time, software: "1.0.0", actor: { kind: "person" } } as const;
  await made.store.outbox.add("acme/shop", [entryOf(content)]);
  await made.keepLedger();
  before.set(made, ofRemit(made));
  return made;
}

/** Without those for tokens, which are good for an hour. */
const ofRemit = ({ github }: IncidentWorld) => github.requests.filter(({ actor }) => actor === "remit[bot]").length;
const before = new WeakMap<IncidentWorld, number>();
const asked = (made: IncidentWorld) => ofRemit(made) - (before.get(made) ?? 0);

/** Until what waits for company in the ledger is written without any. */
async function recorded(made: IncidentWorld): Promise<number> {
  made.clock.advance(6 * minute);
  await made.keepLedger();
  return asked(made);
}

const spent = async (made: IncidentWorld, doing: () => Promise<unknown>) => {
  const before = asked(made);
  await doing();
  return asked(made) - before;
};

/** Its source fell silent, and the watchdog has told so. */
async function silentShop() {
  const made = await watchedShop([prom]);
  await made.wait(12);
  const atFirst = made.asked();
  await made.wait(10);
  expect(await made.issue()).toMatchObject({ state: "open" });
  return { ...made, asked: () => made.asked() - atFirst };
}

/** Something happened, and the month is over. */
async function monthLater() {
  const made = await reviewedShop();
  await made.record(...abstained);
  made.at("2026-11-01T01:00:00Z");
  return made;
}

async function proposed(): Promise<IncidentWorld> {
  const made = await world("propose");
  await play(made, { looks: 1 });
  return made;
}

const behaviours: Readonly<Record<string, () => Promise<number>>> = {
  "a bad deploy, from the alert to a merged, delivered and verified rollback": async () => {
    const made = await world("merge");
    await play(made);
    return recorded(made);
  },
  "the same, approved by a person a minute after it was proposed": async () => {
    const made = await proposed();
    const pull_number = await pullNumber(made);
    await people(made, "bob").rest.pulls.createReview({ ...shop, pull_number, event: "APPROVE" });
    await made.receive([made.event("pull_request_review", "submitted")]);
    await made.reconcile();
    await made.receive([made.applied(await made.mainHead()), made.resolved()]);
    for (let look = 0; look < 5; look++) {
      await made.reconcile();
      made.clock.advance(minute);
    }
    expect(await made.store.incidents.open()).toEqual([]);
    return recorded(made);
  },
  "the first records in a repository, which begin the ledger": async () => {
    const made = await opened({ tier: "merge", ledger: true });
    await play(made, { looks: 1 });
    const begun = ["git/create-tree", "git/create-commit", "git/create-ref"];
    return made.github.requests.filter(({ operation = "" }) => begun.includes(operation)).length;
  },
  "proposed, and the alert resolves before anybody looked": async () => {
    const made = await proposed();
    await made.receive([made.resolved()]);
    await made.reconcile();
    return recorded(made);
  },
  "proposed, and a person closes the pull request": async () => {
    const made = await proposed();
    const pull_number = await pullNumber(made);
    await people(made, "alice").rest.pulls.update({ ...shop, pull_number, state: "closed" });
    await made.receive([made.event("pull_request", "closed")]);
    await made.reconcile();
    return recorded(made);
  },
  "an alert about a service that nothing changed for: Remit abstains": async () => {
    const made = await world("merge");
    made.clock.advance(20 * 24 * 60 * minute);
    const at = made.clock.now();
    await made.receive([made.firing({ startsAt: at })]);
    await made.reconcile();
    return recorded(made);
  },
  "the store was lost while a proposal was open: restored from the ledger": async () => {
    const made = await proposed();
    const lost = await spent(made, () => made.loseStore());
    expect(await made.store.incidents.open()).toHaveLength(1);
    return lost;
  },
  "a comment with a command that changes nothing, such as `/remit status`": async () => {
    const made = await proposed();
    return spent(made, () => say(made, "bob", "/remit status"));
  },
  "a comment on any other issue that asks for a change, to the open pull request": async () => {
    const made = await world("propose");
    made.clock.advance(10 * minute);
    await made.release();
    const { rest } = people(made, "bob");
    const { data: issue } = await rest.issues.create({ ...shop, title: "Checkout is slow" });
    return spent(made, async () => {
      await say(made, "bob", "/remit rollback checkout --environment production", issue.number);
      await made.reconcile();
      expect(await pullNumber(made)).toBeGreaterThan(0);
    });
  },
  "the dashboard is opened": async () => {
    const made = await unrecorded({ dashboard: true });
    return spent(made, () => made.keepDashboard());
  },
  "the dashboard, a minute later, when nothing has changed": async () => {
    const made = await unrecorded({ dashboard: true });
    await made.keepDashboard();
    made.clock.advance(minute);
    return spent(made, () => made.keepDashboard());
  },
  "the dashboard, when an incident began": async () => {
    const made = await unrecorded({ dashboard: true });
    await made.keepDashboard();
    await play(made, { looks: 1 });
    return spent(made, () => made.keepDashboard());
  },
  "the watchdog tells of something that is broken": async () => (await silentShop()).asked(),
  "the watchdog, an hour later, when it is still broken": async () => {
    const { wait, asked } = await silentShop();
    const before = asked();
    await wait(60);
    return asked() - before;
  },
  "the watchdog, when all is right again": async () => {
    const { heard, wait, asked, issue } = await silentShop();
    const before = asked();
    for (let minutes = 0; minutes < 14; minutes++) {
      heard.alive(prom);
      await wait(1);
    }
    expect(await issue()).toMatchObject({ state: "closed" });
    return asked() - before;
  },
  "the review of a month that is over": async () => (await monthLater()).look(),
  "the same, a minute or a day later": async () => {
    const { look, clock } = await monthLater();
    await look();
    clock.advance(minute);
    const soon = await look();
    clock.advance(day);
    return soon + (await look());
  },
  "a repository without a policy is asked for one, its check included": async () => (await unaskedShop()).look(),
  "the same, a minute later, whether or not people have answered": async () => {
    const made = await unaskedShop();
    await made.look();
    const pull_number = (await made.one()).number;
    await made.as("alice").rest.pulls.update({ ...shop, pull_number, state: "closed" });
    made.clock.advance(minute);
    return made.look();
  },
  "the same, when a policy came by another way: closed with a note": async () => {
    const made = await unaskedShop();
    await made.look();
    await made.push({ ".github/remit/authority.yaml": "spec: {}\n" });
    return made.look();
  },
};

describe("the requests that docs/github.md tells", { timeout: 120_000 }, () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/github.md"), "utf8");
  const rows = [...text.matchAll(/^\| (.+) \| (\d+) \|$/gm)].map(([, name = "", count]): [string, number] => [
    name,
    Number(count),
  ]);

  it("are of the behaviours that are played here", () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(behaviours));
  });

  it.each(rows)("%s: %d", async (name, count) => {
    expect(await behaviours[name]?.()).toBe(count);
  });
});
