/** The time of a lease is over, and somebody has changed its lines: people are told where it was made, once. */
import { expect, test } from "vitest";
import { overlay } from "../../src/sandbox/demo/shop-files.ts";
import type { IncidentWorld } from "../support/incident-world.ts";
import { minute } from "../support/incident-world.ts";
import { forAnHour, hour, leasedFile, leaseWorld, mitigate, olderVersion, past } from "../support/lease-world.ts";
import { follow, left, people, shop } from "../support/play.ts";

const theirs = overlay("checkout", "production", "v1.4.9", 3);

/** On the pull requests, the oldest first. */
async function comments(made: IncidentWorld): Promise<readonly (readonly string[])[]> {
  const { issues, pulls } = people(made, "alice").rest;
  const { data } = await pulls.list({ ...shop, state: "all", direction: "asc" });
  return Promise.all(
    data.map(async ({ number }) => {
      const { data: found } = await issues.listComments({ ...shop, issue_number: number });
      return found.map(({ body = "" }) => body);
    }),
  );
}

async function changed(made: IncidentWorld): Promise<string> {
  await mitigate(made);
  return made.github.commitAs("bob", { branch: "main", message: "Deploy v1.4.9", files: { [leasedFile]: theirs } });
}

test("a person is told on its pull request, once, whatever Remit forgets", async () => {
  const made = await leaseWorld();
  const by = await changed(made);
  await follow(made, 3);
  expect(await comments(made)).toEqual([[]]);
  made.clock.advance(hour);
  await follow(made, 3);
  const [[comment = ""] = []] = await comments(made);
  expect(comment).toContain("was to hold until 2026-11-20 11:00:00 UTC");
  expect(comment).toContain(`${leasedFile} was changed in the same place since`);
  expect(comment).toContain(`by ${by} (lease-changed)`);
  await made.loseStore();
  made.clock.advance(hour);
  await follow(made, 3);
  expect(await comments(made)).toEqual([[comment]]);
  expect(await made.deployed()).toBe(theirs);
  expect(await left(made)).toMatchObject({ pulls: [past], issues: [{ state: "closed" }], ours: 1 });
  expect(await made.store.incidents.open()).toEqual([]);
  expect(made.github.violations).toEqual([]);
});

test("a crash right after it doubles nothing", async () => {
  const made = await leaseWorld();
  await changed(made);
  made.clock.advance(hour);
  // A look, and the comment.
  made.crashAt(made.effects + 2);
  await made.endLeases();
  made.clock.advance(10 * minute);
  await made.endLeases();
  expect((await comments(made)).map(({ length }) => length)).toEqual([1]);
});

test("of what somebody forged nobody is told", async () => {
  const made = await leaseWorld();
  const forged = olderVersion(await made.deployed());
  await made.github.commitAs("mallory", { branch: "main", files: { [leasedFile]: forged }, message: forAnHour(made) });
  await made.github.commitAs("bob", { branch: "main", message: "Deploy v1.4.9", files: { [leasedFile]: theirs } });
  made.clock.advance(hour);
  await follow(made, 3);
  expect(await left(made)).toMatchObject({ pulls: [], issues: [] });
});

test("while Remit is stopped nobody is told, and they are afterwards", async () => {
  const made = await leaseWorld();
  await changed(made);
  made.clock.advance(hour);
  made.stop(true);
  await made.endLeases();
  expect(await comments(made)).toEqual([[]]);
  made.stop(false);
  made.clock.advance(10 * minute);
  await made.endLeases();
  expect((await comments(made)).map(({ length }) => length)).toEqual([1]);
});

test("by a clock that is hours ahead its time isn't over", async () => {
  let ahead = 0;
  const made = await leaseWorld({ remitAheadMs: () => ahead });
  await changed(made);
  ahead = 2 * hour;
  await made.endLeases();
  expect(await comments(made)).toEqual([[]]);
});
