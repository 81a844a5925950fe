/** Somebody has locked a conversation: Remit's comments are refused there, and everything else goes on. */
import { expect, it } from "vitest";
import { minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { left, people, play, pullNumber, shop } from "../support/play.ts";
import { say } from "../support/say.ts";

const opened = incidentWorlds();

it("what is written there isn't heard, and the incident comes to its end without a word", {
  timeout: 240_000,
}, async () => {
  const made = await opened({ tier: "propose" });
  await play(made, { looks: 3 });
  const { rest } = people(made, "alice");
  const pull_number = await pullNumber(made);
  const issue_number = (await made.store.incidents.list(1))[0]?.response.issueNumber ?? 0;
  for (const number of [pull_number, issue_number]) await rest.issues.lock({ ...shop, issue_number: number });
  expect(await say(made, "bob", "/remit reject", issue_number)).toEqual({ reactions: [], answers: [] });
  await people(made, "bob").rest.pulls.createReview({ ...shop, pull_number, event: "APPROVE" });
  made.clock.advance(minute);
  await made.receive([made.event("pull_request_review", "submitted")]);
  await made.reconcile();
  expect(await left(made)).toMatchObject({ pulls: [{ state: "closed", merged: true }], ours: 1 });
  await made.receive([made.applied(await made.mainHead()), made.resolved()]);
  for (let look = 0; look < 6; look++) {
    await made.reconcile();
    made.clock.advance(minute);
  }
  expect((await made.store.incidents.list(1))[0]?.response.closed?.outcome).toBe("recovered");
  const { data: issue } = await rest.issues.get({ ...shop, issue_number });
  expect(issue).toMatchObject({ state: "closed", body: expect.stringContaining("the service recovered") });
  const { data: comments } = await rest.issues.listComments({ ...shop, issue_number });
  expect(comments.map(({ user }) => user?.login)).toEqual(["bob"]);
});
