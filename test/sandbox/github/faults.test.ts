import { expect, test } from "vitest";
import { openPull, refusal, repo, startWorld } from "./world.ts";

test("a 502 before the effect leaves nothing, one after it hides what happened; each strikes once", async () => {
  const { remit, github } = await startWorld();
  const create = () => remit.issues.create({ ...repo, title: "Incident" });
  const titles = async () => (await remit.issues.listForRepo(repo)).data.length;
  github.faults.fail({ operation: "issues/create" }, { kind: "status", status: 502, when: "before" });
  expect((await refusal(create())).status).toBe(502);
  expect(await titles()).toBe(0);
  github.faults.fail({ operation: "issues/create" }, { kind: "status", status: 502, when: "after" });
  expect((await refusal(create())).status).toBe(502);
  expect(await titles()).toBe(1);
  expect((await create()).status).toBe(201);
});

test("a dropped connection is an error without an answer, whether or not it happened", async () => {
  const { remit, github } = await startWorld();
  await remit.issues.listForRepo(repo);
  github.faults.fail({ method: "POST", operation: "issues/create" }, { kind: "drop", when: "after" });
  await expect(remit.issues.create({ ...repo, title: "Incident" })).rejects.toThrow(
    /fetch failed|other side closed|terminated/,
  );
  expect((await remit.issues.listForRepo(repo)).data).toHaveLength(1);
  expect(github.requests.find((request) => request.operation === "issues/create")?.status).toBe(0);
});

test.each([
  [403, undefined],
  [429, 7],
] as const)("a secondary limit answers %i, with retry-after %s", async (status, retryAfterSeconds) => {
  const { github } = await startWorld();
  const fault = {
    kind: "secondary-limit",
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  } as const;
  github.faults.fail({ operation: "createIssue" }, fault);
  const answer = await fetch(github.graphqlUrl, {
    method: "POST",
    headers: { authorization: `token ${github.tokens.bob}` },
    body: JSON.stringify({
      query: 'mutation { createIssue(input: { repositoryId: "x", title: "y" }) { issue { id } } }',
    }),
  });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, retryAfterSeconds?.toString() ?? null]);
  expect(Number(answer.headers.get("x-ratelimit-remaining"))).toBeGreaterThan(4_000);
  expect(Object(await answer.json()).message).toContain("secondary rate limit");
});

test("one field of a document can be made to fail, later than the first request", async () => {
  const world = await startWorld();
  const { number } = await openPull(world);
  const { data } = await world.remit.pulls.get({ ...repo, pull_number: number });
  world.github.faults.fail(
    { operation: "addComment", skip: 1 },
    { kind: "field", type: "SERVICE_UNAVAILABLE", message: "Something went wrong" },
  );
  const document = `mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "x" }) { subject { id } } close: closePullRequest(input: { pullRequestId: $id }) { pullRequest { state } } }`;
  await world.remit.graphql(document, { id: data.node_id });
  await expect(world.remit.graphql(document, { id: data.node_id })).rejects.toThrow("Something went wrong");
  expect((await world.remit.issues.listComments({ ...repo, issue_number: number })).data).toHaveLength(1);
});

test("a delayed request still happens, and a fault can be called off", async () => {
  const { remit, github } = await startWorld();
  github.faults.fail({ operation: "repos/get" }, { kind: "delay", ms: 1 });
  expect((await remit.repos.get(repo)).status).toBe(200);
  github.faults.fail({}, { kind: "status", status: 500, when: "before" })();
  github.faults.fail({ operation: /^repos/ }, { kind: "status", status: 500, when: "before" });
  github.faults.clear();
  expect((await remit.repos.get(repo)).status).toBe(200);
});
