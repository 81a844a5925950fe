/** A stand-in for one test, with real clients for everyone in it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import { type GitHubOptions, type GitHubStandIn, startGitHub } from "../../../src/sandbox/github/start-github.ts";

export const repo = { owner: "acme", repo: "shop" } as const;

export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface TestWorld {
  readonly github: GitHubStandIn;
  /** The App, acting on its installation. */
  readonly remit: Octokit;
  /** The App itself, by its JWT. */
  readonly app: Octokit;
  as(person: "alice" | "bob" | "carol" | "mallory"): Octokit;
  /** Head of a branch, `main` unless told. */
  head(branch?: string): Promise<string>;
  repositoryId(): Promise<string>;
}

/** Closed, and held to GitHub's descriptions, when the test ends. */
export async function startWorld(options: Partial<GitHubOptions> = {}, allowViolations = false): Promise<TestWorld> {
  const directory = await mkdtemp(join(tmpdir(), "github-"));
  const github = await startGitHub({ directory, ...options });
  onTestFinished(async () => {
    await github.settled();
    await github.close();
    await rm(directory, { recursive: true, force: true });
    if (!allowViolations) github.assertNoViolations();
  });
  const base = { baseUrl: github.apiUrl, log: silent, request: { log: silent } };
  const auth = { appId: github.appId, privateKey: github.privateKey };
  const remit = new Octokit({
    ...base,
    authStrategy: createAppAuth,
    auth: { ...auth, installationId: github.installationId },
  });
  const app = new Octokit({ ...base, authStrategy: createAppAuth, auth });
  const as = (person: keyof GitHubStandIn["tokens"]) => new Octokit({ ...base, auth: github.tokens[person] });
  const head = async (branch = "main") => (await remit.git.getRef({ ...repo, ref: `heads/${branch}` })).data.object.sha;
  const repositoryId = async () => (await remit.repos.get(repo)).data.node_id;
  return { github, remit, app, as, head, repositoryId };
}

/** What a refused request answers. */
export async function refusal(request: Promise<unknown>): Promise<{ status: number; message: string; body: unknown }> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error && "status" in error) {
      const response = "response" in error ? Object(error.response) : {};
      return { status: Number(error.status), message: error.message, body: response.data };
    }
    throw error;
  }
  throw new Error("it was not refused");
}

/** A branch of bob's with one commit, and its pull request. */
export async function openPull(
  world: TestWorld,
  options: {
    readonly branch?: string;
    readonly files?: Readonly<Record<string, string | null>>;
    readonly draft?: boolean;
  } = {},
): Promise<{ readonly number: number; readonly head: string; readonly branch: string }> {
  const branch = options.branch ?? "topic";
  const head = await world.github.commitAs("bob", {
    branch,
    message: "Change the tag",
    files: options.files ?? { "apps/checkout.yaml": "tag: v2\n" },
  });
  const { data } = await world.as("bob").pulls.create({
    ...repo,
    title: "Change the tag",
    head: branch,
    base: "main",
    draft: options.draft ?? false,
  });
  await world.github.settled();
  return { number: data.number, head, branch };
}
