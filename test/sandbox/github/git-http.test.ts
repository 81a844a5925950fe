import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openPull, repo, startWorld, type TestWorld } from "./world.ts";

const run = promisify(execFile);

function header(token: string): string[] {
  return ["-c", `http.extraHeader=Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`];
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Bob",
    GIT_AUTHOR_EMAIL: "1002+bob@users.noreply.github.com",
    GIT_COMMITTER_NAME: "Bob",
    GIT_COMMITTER_EMAIL: "1002+bob@users.noreply.github.com",
  };
  return (await run("git", args, { cwd, env })).stdout;
}

async function clone(world: TestWorld, token: string, ...options: string[]): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "clone-"));
  await git(parent, ...header(token), "clone", "--quiet", ...options, world.github.cloneUrl, "shop");
  return join(parent, "shop");
}

test("a partial clone has no blobs until it is asked for one", async () => {
  const world = await startWorld({ initial: [{ author: "alice", message: "Begin", files: { "a.yaml": "a: 1\n" } }] });
  const token = String(Object(await world.remit.auth({ type: "installation" })).token);
  const directory = await clone(world, token, "--filter=blob:none", "--bare");
  const missing = await git(directory, "rev-list", "--objects", "--all", "--missing=print");
  expect(missing).toMatch(/^\?[0-9a-f]{40}$/m);
  expect(await git(directory, ...header(token), "cat-file", "blob", "HEAD:a.yaml")).toBe("a: 1\n");
});

test("a push by bob moves the branch, its pull request, and tells of both", async () => {
  const world = await startWorld({ webhook: { url: "http://127.0.0.1:9/" } });
  const { number, branch } = await openPull(world);
  const directory = await clone(world, world.github.tokens.bob, "--branch", branch);
  await writeFile(join(directory, "b.yaml"), "b: 2\n");
  await git(directory, "add", "b.yaml");
  await git(directory, "commit", "--quiet", "-m", "Add b");
  await git(directory, ...header(world.github.tokens.bob), "push", "--quiet", "origin", branch);
  const pushed = (await git(directory, "rev-parse", "HEAD")).trim();
  const { data } = await world.remit.pulls.get({ ...repo, pull_number: number });
  expect([data.head.sha, data.commits]).toEqual([pushed, 2]);
  const last = world.github.deliveries.filter(({ event }) => event === "push").at(-1);
  expect(last?.payload).toMatchObject({
    ref: `refs/heads/${branch}`,
    after: pushed,
    commits: [{ message: "Add b", added: ["b.yaml"], author: { username: "bob" } }],
    sender: { login: "bob" },
  });
  expect(
    world.github.deliveries.some(({ event, action }) => event === "pull_request" && action === "synchronize"),
  ).toBe(true);
});

test.each([
  ["carol", "403"],
  ["mallory", "not found"],
] as const)("a push by %s is refused", async (person, why) => {
  const world = await startWorld();
  const directory = await clone(world, world.github.tokens.bob);
  await git(directory, "commit", "--quiet", "--allow-empty", "-m", "Mine");
  const before = await world.head();
  await expect(git(directory, ...header(world.github.tokens[person]), "push", "origin", "HEAD:main")).rejects.toThrow(
    why,
  );
  expect(await world.head()).toBe(before);
});

test("without a token there is no clone", async () => {
  const world = await startWorld();
  const directory = await mkdtemp(join(tmpdir(), "clone-"));
  await expect(git(directory, "clone", world.github.cloneUrl, "shop")).rejects.toThrow(/Username|terminal prompts/);
});

test("a protected branch takes a push from the administrator only", async () => {
  const world = await startWorld({ requiredReviews: 1 });
  const directory = await clone(world, world.github.tokens.bob);
  await git(directory, "commit", "--quiet", "--allow-empty", "-m", "Past the rules");
  const push = (token: string) =>
    git(directory, ...header(token), "push", "--quiet", "origin", "HEAD:main", "HEAD:other");
  await expect(push(world.github.tokens.bob)).rejects.toThrow(
    "GH006: Protected branch update failed for refs/heads/main",
  );
  const pushed = (await git(directory, "rev-parse", "HEAD")).trim();
  expect(await world.head("other")).toBe(pushed);
  expect(await world.head()).not.toBe(pushed);
  await push(world.github.tokens.alice);
  expect(await world.head()).toBe(pushed);
});

test("the repository on disk is a sound git repository that git reads by itself", async () => {
  const world = await startWorld();
  const { head } = await openPull(world);
  await git(world.github.gitDirectory, "fsck", "--strict");
  expect(await git(world.github.gitDirectory, "show", `${head}:apps/checkout.yaml`)).toBe("tag: v2\n");
  expect(await readFile(join(world.github.gitDirectory, "HEAD"), "utf8")).toBe("ref: refs/heads/main\n");
  expect(world.github.gitRequests()).toBe(0);
});
