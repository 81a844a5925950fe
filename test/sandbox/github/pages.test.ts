import { expect, test } from "vitest";
import { openPull, repo, startWorld } from "./world.ts";

const evil = `<script>alert("1")</script>&`;

test("the pages show what is there, and nothing in it is markup", async () => {
  const world = await startWorld();
  const { number } = await openPull(world, {
    files: { "a.yaml": `a: '${evil}'\n`, [`${evil.replaceAll("/", "")}.txt`]: "x" },
  });
  await world.as("bob").pulls.update({ ...repo, pull_number: number, title: evil, body: evil });
  await world.as("bob").issues.addLabels({ ...repo, issue_number: number, labels: [evil] });
  await world.as("carol").issues.createComment({ ...repo, issue_number: number, body: evil });
  await world.as("alice").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE", body: evil });
  const { data: issue } = await world.remit.issues.create({ ...repo, title: evil, body: evil });
  for (const path of ["", "/pulls", "/issues", `/pull/${number}`, `/issues/${issue.number}`]) {
    const answer = await fetch(`${world.github.url}/acme/shop${path}`);
    const page = await answer.text();
    expect([path, answer.status, page.includes("<script")]).toEqual([path, 200, false]);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)");
  }
  const page = await (await fetch(`${world.github.url}/acme/shop/pull/${number}`)).text();
  for (const shown of ["ci/validate", "alice: approved", "carol", "topic"]) expect(page).toContain(shown);
  expect((await fetch(`${world.github.url}/acme/shop/pull/99`)).status).toBe(404);
});
