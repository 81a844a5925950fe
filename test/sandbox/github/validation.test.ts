import { expect, test } from "vitest";
import { refusal, repo, startWorld } from "./world.ts";

test.each([
  ["an unknown key", { title: "x", colour: "red" }, "body has unknown key colour"],
  ["a missing key", {}, "body must have required property 'title'"],
  ["a wrong type", { title: "x", labels: "y" }, "body/labels must be array"],
])("a body with %s is refused and on record", async (_, body, problem) => {
  const { remit, github } = await startWorld({}, true);
  const refused = await refusal(remit.request({ method: "POST", url: "/repos/acme/shop/issues", data: body }));
  expect([refused.status, refused.message]).toEqual([422, expect.stringContaining(problem)]);
  expect(github.violations).toEqual([`issues/create (POST /api/v3/repos/acme/shop/issues): ${problem}`]);
  expect(() => github.assertNoViolations()).toThrow(problem);
  expect((await remit.issues.listForRepo(repo)).data).toEqual([]);
});

test("a query parameter that GitHub doesn't know, or of the wrong kind, is refused", async () => {
  const { remit, github } = await startWorld({}, true);
  expect((await refusal(remit.request("GET /repos/{owner}/{repo}/issues?colour=red", repo))).status).toBe(422);
  expect((await refusal(remit.request("GET /repos/{owner}/{repo}/issues?per_page=many", repo))).status).toBe(422);
  expect((await refusal(remit.request("GET /repos/{owner}/{repo}/issues?state=ajar", repo))).status).toBe(422);
  expect(github.violations).toHaveLength(3);
});

test("an operation that the stand-in lacks is on record, not passed over", async () => {
  const { remit, github } = await startWorld({}, true);
  expect((await refusal(remit.request("GET /repos/{owner}/{repo}/stargazers", repo))).status).toBe(404);
  expect(github.violations).toEqual([expect.stringContaining("/stargazers): the stand-in knows no such operation")]);
});

test("a GraphQL document is held against GitHub's schema, and its variables too", async () => {
  const { remit, github } = await startWorld({}, true);
  await expect(remit.graphql(`{ repository(owner: "acme", name: "shop") { colour } }`)).rejects.toThrow("colour");
  await expect(
    remit.graphql("mutation ($i: CreateIssueInput!) { createIssue(input: $i) { issue { id } } }", { i: { colour: 1 } }),
  ).rejects.toThrow(/colour/);
  await expect(remit.graphql("{ oops")).rejects.toThrow("Syntax Error");
  expect(github.violations.length).toBeGreaterThanOrEqual(3);
});

test("what isn't JSON is no body", async () => {
  const { github } = await startWorld();
  const headers = { authorization: `token ${github.tokens.bob}`, "content-type": "application/json" };
  const answer = await fetch(`${github.apiUrl}/repos/acme/shop/issues`, { method: "POST", headers, body: "{" });
  expect([answer.status, Object(await answer.json()).message]).toEqual([400, "Problems parsing JSON"]);
});
