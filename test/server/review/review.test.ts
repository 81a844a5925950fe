import { expect, it } from "vitest";
import { appPermissions } from "../../../src/sandbox/github/app-permissions.ts";
import { activeWhenRendered } from "../../remediation/prose/as-github-renders.ts";
import { repo } from "../../sandbox/github/world.ts";
import { TestClock } from "../../support/test-clock.ts";
import { abstained, day, hour, minute, reviewedShop, start } from "./reviewed-shop.ts";

const timeout = 60_000;
const november = "2026-11-01T01:00:00Z";

it("a month that is over is reviewed once, in an issue, an hour later, and GitHub isn't asked again", {
  timeout,
}, async () => {
  const { record, look, at, clock, issues } = await reviewedShop();
  await record(...abstained);
  at("2026-11-01T00:59:00Z");
  expect(await look()).toBe(0);
  at(november);
  expect(await look()).toBe(2);
  const [issue, ...others] = await issues();
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ state: "open", title: "Remit in 2026-10", author: "remit[bot]" });
  await expect(issue?.body).toMatchFileSnapshot("../../golden/audit/review-issue.md");
  for (const pause of [minute, day, 20 * day]) {
    clock.advance(pause);
    expect(await look()).toBe(0);
  }
  expect(await issues()).toEqual([issue]);
});

it("a month in which nothing happened has no review, and GitHub isn't asked for it", { timeout }, async () => {
  const { record, look, at, issues } = await reviewedShop();
  expect(await look()).toBe(0);
  at("2026-11-03T12:00:00Z");
  await record(...abstained);
  expect(await issues()).toEqual([]);
  at("2026-12-01T02:00:00Z");
  await look();
  expect((await issues()).map(({ title }) => title)).toEqual(["Remit in 2026-11"]);
  at("2027-01-01T02:00:00Z");
  expect(await look()).toBe(0);
  expect(await issues()).toHaveLength(1);
});

it("each month has an issue of its own, with what is open for three months", { timeout }, async () => {
  const { record, look, at, issues } = await reviewedShop();
  const incident = { id: "left", service: "checkout", environment: "staging", openedAt: "2026-10-31T12:00:00.000Z" };
  await record(...abstained, { incident, kind: "escalated" });
  at(november);
  await look();
  await record(...abstained);
  at("2026-12-01T02:00:00Z");
  expect(await look()).toBe(2);
  at("2027-02-03T12:00:00Z");
  await record(...abstained);
  at("2027-03-01T02:00:00Z");
  await look();
  const open = "Incident `left` of `checkout/staging` is open, last heard of 2026-10-31 12:00:00 UTC";
  expect((await issues()).map(({ title, body }) => [title, body.includes(open)]).toSorted()).toEqual([
    ["Remit in 2026-10", true],
    ["Remit in 2026-11", true],
    ["Remit in 2027-02", false],
  ]);
});

it("a store that was lost finds the issue again, also where a person closed it", { timeout }, async () => {
  const { record, look, at, another, people, clock, issues } = await reviewedShop();
  await record(...abstained);
  at(november);
  await look();
  const [issue] = await issues();
  await people.rest.issues.update({ ...repo, issue_number: issue?.number ?? 0, state: "closed" });
  const second = await another();
  await second.handleDelivery(pushed(clock.now()));
  expect(await look(second)).toBe(1);
  expect(await look(second)).toBe(0);
  expect(await issues()).toEqual([{ ...issue, state: "closed" }]);
});

it("an issue of which GitHub's answer was lost isn't written again", { timeout }, async () => {
  const { record, look, at, clock, github, issues } = await reviewedShop();
  await record(...abstained);
  at(november);
  github.faults.fail({ operation: "issues/create", times: 1 }, { kind: "status", status: 502, when: "after" });
  await look();
  clock.advance(10 * minute);
  await look();
  expect(await issues()).toHaveLength(1);
  clock.advance(minute);
  expect(await look()).toBe(0);
});

it("two workers over one store write it once", { timeout }, async () => {
  const { record, look, at, issues } = await reviewedShop();
  await record(...abstained);
  at(november);
  await Promise.all([look(), look()]);
  expect(await issues()).toHaveLength(1);
});

it("somebody else's issue with the label and the marker isn't taken for the review", { timeout }, async () => {
  const { record, look, at, people, issues } = await reviewedShop();
  await record(...abstained);
  at(november);
  const body = "<!-- remit:v1 kind=review incident=2026-10 -->\n\nAll went well.";
  await people.rest.issues.create({ ...repo, title: "Remit in 2026-10", body, labels: ["remit:review"] });
  await look();
  expect((await issues()).map(({ author }) => author).toSorted()).toEqual(["alice", "remit[bot]"]);
});

it("nothing that strangers wrote is active in it", { timeout }, async () => {
  const { record, look, at, issues } = await reviewedShop();
  const hostile = "@ada ![x](https://a.example/x.png) <b>|#4 acme/shop#5 https://a.example</b>\n\n# x\n@acme/all ``` `";
  const incident = { id: hostile, service: hostile, environment: hostile, openedAt: "2026-10-31T12:00:00.000Z" };
  const reasons = [{ code: hostile, message: hostile }];
  await record(
    { incident, result: { reasons } },
    { incident, kind: "escalated", result: { reasons, called: [hostile], outcome: hostile } },
    {
      incident,
      kind: "merged",
      actor: { kind: "person", login: hostile },
      result: { commit: "a".repeat(40), pull: 7 },
    },
  );
  at(november);
  await look();
  const [issue] = await issues();
  expect(issue?.body).toContain("@ada");
  expect(issue?.body).toContain("by a person");
  expect(activeWhenRendered(issue?.body ?? "", ["#7"])).toEqual([]);
});

it("by a clock that is ahead no month is reviewed that isn't over by GitHub's", { timeout }, async () => {
  const githubs = new TestClock(start);
  const { record, look, at, clock, issues } = await reviewedShop({}, { clock: githubs });
  await record(...abstained);
  githubs.advance(6 * minute);
  at("2026-11-02T12:00:00Z");
  expect(await look()).toBe(1);
  clock.advance(minute);
  expect(await look()).toBe(0);
  expect(await issues()).toEqual([]);
  githubs.advance(clock.now() + hour - githubs.now());
  clock.advance(hour);
  expect(await look()).toBe(2);
  expect(await issues()).toHaveLength(1);
});

it("what GitHub refuses is tried again four times a day, and written once it may be", { timeout }, async () => {
  const { record, look, at, clock, github, issues } = await reviewedShop();
  await record(...abstained);
  const { issues: _, ...withoutIssues } = appPermissions;
  github.setInstallation({ permissions: withoutIssues });
  at(november);
  await look();
  // Tokens, too, which are what is refused here.
  const { length } = github.requests;
  for (const pause of [minute, hour]) {
    clock.advance(pause);
    await look();
  }
  expect(github.requests).toHaveLength(length);
  expect(await issues()).toEqual([]);
  github.setInstallation({ permissions: appPermissions });
  clock.advance(6 * hour);
  await look();
  expect(await issues()).toHaveLength(1);
});

it.each([{ stop: true }, { review: false }])("with %j no review is written", { timeout }, async (config) => {
  const { record, look, at, issues } = await reviewedShop(config);
  await record(...abstained);
  at(november);
  expect(await look()).toBe(0);
  expect(await issues()).toEqual([]);
});

function pushed(now: number) {
  const repository = { id: 730_001, node_id: "R_1", full_name: "acme/shop" };
  const body = JSON.stringify({ repository, sender: { login: "alice" }, ref: "refs/heads/main" });
  const common = { source: "github", type: "github", event: "push", dedupeKey: "push", body, receivedAt: now };
  return { ...common, id: "push", state: "pending", attempts: 1, error: undefined } as const;
}
