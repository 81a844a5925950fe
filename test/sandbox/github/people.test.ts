import { expect, test } from "vitest";
import { openPull, refusal, repo, startWorld } from "./world.ts";

test("who may not see the repository is told that there is none", async () => {
  const world = await startWorld();
  const mallory = world.as("mallory");
  expect((await refusal(mallory.repos.get(repo))).status).toBe(404);
  expect((await refusal(mallory.issues.create({ ...repo, title: "Let me in" }))).status).toBe(404);
  expect((await mallory.users.getAuthenticated()).data.login).toBe("mallory");
  const query = '{ repository(owner: "acme", name: "shop") { id } }';
  await expect(mallory.graphql(query)).rejects.toThrow("Could not resolve to a Repository with the name 'acme/shop'.");
});

test("no token, or a wrong one, is no access", async () => {
  const { github } = await startWorld();
  expect((await fetch(`${github.apiUrl}/repos/acme/shop`)).status).toBe(404);
  const wrong = await fetch(`${github.apiUrl}/repos/acme/shop`, { headers: { authorization: "token ghp_nonsense" } });
  expect([wrong.status, Object(await wrong.json()).message]).toEqual([401, "Bad credentials"]);
  expect((await fetch(github.graphqlUrl, { method: "POST", body: "{}" })).status).toBe(401);
});

test.each([
  ["alice", "admin"],
  ["bob", "write"],
  ["carol", "read"],
  ["mallory", "none"],
])("the permission of %s is %s", async (username, permission) => {
  const { remit } = await startWorld();
  const { data } = await remit.repos.getCollaboratorPermissionLevel({ ...repo, username });
  expect([data.permission, data.user?.login]).toEqual([permission, username]);
});

test("the permission of somebody unknown is not found", async () => {
  const { remit } = await startWorld();
  expect((await refusal(remit.repos.getCollaboratorPermissionLevel({ ...repo, username: "nobody" }))).status).toBe(404);
});

test("a reader comments and opens issues, but neither merges nor labels", async () => {
  const world = await startWorld();
  const { number } = await openPull(world);
  const carol = world.as("carol");
  expect((await carol.issues.createComment({ ...repo, issue_number: number, body: "Why?" })).status).toBe(201);
  expect((await carol.issues.create({ ...repo, title: "Help", labels: ["urgent"] })).data.labels).toEqual([]);
  expect((await refusal(carol.pulls.merge({ ...repo, pull_number: number }))).status).toBe(403);
  expect((await refusal(carol.issues.addLabels({ ...repo, issue_number: number, labels: ["x"] }))).status).toBe(403);
  const check = { ...repo, name: "remit/gate", head_sha: await world.head() };
  expect((await refusal(world.as("alice").checks.create(check))).message).toContain("authenticate via a GitHub App");
});

test("an archived repository is read, and takes nothing", async () => {
  const world = await startWorld();
  const repositoryId = await world.repositoryId();
  world.github.setArchived(true);
  expect((await world.remit.repos.get(repo)).data.archived).toBe(true);
  const rest = await refusal(world.as("alice").issues.create({ ...repo, title: "Too late" }));
  expect([rest.status, rest.message]).toEqual([
    403,
    expect.stringContaining("Repository was archived so is read-only."),
  ]);
  const create = 'mutation ($id: ID!) { createIssue(input: { repositoryId: $id, title: "x" }) { issue { id } } }';
  await expect(world.remit.graphql(create, { id: repositoryId })).rejects.toThrow("Repository was archived");
  const push = `${world.github.cloneUrl}/info/refs?service=git-receive-pack`;
  expect((await fetch(push, { headers: { authorization: `token ${world.github.tokens.alice}` } })).status).toBe(403);
});

test("the App changes no workflow without the permission for it; a person does", async () => {
  const world = await startWorld();
  const put = { ...repo, path: ".github/workflows/ci.yml", message: "m", content: "YQ==" };
  const refused = await refusal(world.remit.repos.createOrUpdateFileContents(put));
  expect([refused.status, refused.message]).toEqual([403, expect.stringContaining("without `workflows` permission")]);
  expect((await world.as("bob").repos.createOrUpdateFileContents(put)).status).toBe(201);
});
