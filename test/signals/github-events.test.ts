import { expect, it } from "vitest";
import { githubSignals } from "../../src/signals/github-events.ts";

const sha = "5e".repeat(20);
const repository = { full_name: "acme/shop" };
const deploymentStatus = (state: string, deployment: object = {}) => ({
  action: "created",
  deployment_status: { state, environment: "production" },
  deployment: { sha, ref: "main", environment: "production", ...deployment },
  repository,
  sender: { login: "argocd[bot]" },
});

it.each([
  ["success", "applied", "healthy"],
  ["failure", "failed", "degraded"],
  ["error", "failed", "degraded"],
  ["in_progress", "progressing", "progressing"],
  ["pending", "progressing", "progressing"],
  ["queued", "progressing", "progressing"],
])("deployment status %s is %s and %s", (state, phase, health) => {
  expect(githubSignals("deployment_status", deploymentStatus(state), 7)).toEqual([
    {
      kind: "sync",
      source: "github",
      repository: "acme/shop",
      controller: "github-deployment",
      application: "production",
      namespace: undefined,
      environment: "production",
      revision: sha,
      phase,
      health,
      observedAt: 7,
    },
  ]);
});

it.each([
  ["failure", "2026-11-20T10:00:00Z", { state: "failure", createdAt: 1_795_168_800_000 }],
  ["error", "2026-11-20T10:00:00Z", { state: "error", createdAt: 1_795_168_800_000 }],
  ["success", "2026-11-20T10:00:00Z", { state: "success", createdAt: 1_795_168_800_000 }],
  ["pending", "2026-11-20T10:00:00Z", undefined],
  ["failure", "soon", undefined],
])("a deployment's status %s of %s tells how it ended: %j", (state, created_at, deployment) => {
  const body = deploymentStatus(state);
  const told = { ...body, deployment_status: { ...body.deployment_status, created_at } };
  const [signal] = githubSignals("deployment_status", told, 7);
  expect(signal?.kind === "sync" ? signal.deployment : "no report").toEqual(deployment);
});

it.each([deploymentStatus("inactive"), deploymentStatus("constructor"), deploymentStatus("success", { sha: "main" })])(
  "a deployment status that says nothing of a revision only says where to look",
  (body) => {
    expect(githubSignals("deployment_status", body, 7)).toMatchObject([
      { kind: "repository", repository: "acme/shop" },
    ]);
  },
);

it("any other event says where to look, what happened and who did it", () => {
  const body = { action: "closed", repository, sender: { login: "alice" }, pull_request: { title: "x" } };
  expect(githubSignals("pull_request", body, 7)).toEqual([
    {
      kind: "repository",
      source: "github",
      repository: "acme/shop",
      event: "pull_request",
      action: "closed",
      sender: "alice",
      observedAt: 7,
    },
  ]);
});

it("an installation says to look at each of its repositories", () => {
  const both = [repository, { full_name: "acme/other" }];
  const names = (body: object) => githubSignals("installation", body, 7).map((signal) => signal.repository);
  expect(names({ action: "created", repositories: both })).toEqual(["acme/shop", "acme/other"]);
  expect(names({ action: "added", repositories_added: both })).toEqual(["acme/shop", "acme/other"]);
  expect(names({ action: "deleted" })).toEqual([]);
});

it.each<[string, unknown, string]>([
  ["push", [], "the payload: expected object"],
  ["push", { repository: { full_name: 1 } }, "repository.full_name: expected string"],
  ["deployment_status", { repository }, "deployment_status: missing, expected object"],
])("%s %j is refused by its key", (event, body, message) => {
  expect(() => githubSignals(event, body, 7)).toThrow(expect.objectContaining({ code: "payload-invalid", message }));
});

const labels = (...names: readonly string[]) => ({ labels: names.map((name) => ({ name })) });

it.each<[string, object, string | undefined]>([
  ["the dashboard", { action: "edited", issue: labels("bug", "remit:dashboard") }, "dashboard"],
  ["the stop switch", { action: "closed", issue: labels("remit:dashboard", "remit:stop") }, "stop"],
  ["a label that came off", { action: "unlabeled", issue: labels(), label: { name: "remit:stop" } }, "stop"],
  ["any other issue", { action: "edited", issue: labels("bug") }, undefined],
  ["an issue without labels", { action: "edited", issue: {} }, undefined],
  ["no issue at all", { action: "edited" }, undefined],
])("an event about %s says so", (_, body, switches) => {
  const [signal] = githubSignals("issues", { ...body, repository, sender: { login: "bob" } }, 7);
  expect(signal).toMatchObject({ kind: "repository", event: "issues" });
  expect(signal?.kind === "repository" ? signal.switches : "no news").toBe(switches);
});

const comment = (change: object = {}, action = "created") => ({
  action,
  issue: { number: 6 },
  comment: { body: "Hm.\r\n/remit hold", created_at: "2026-11-20T10:00:00Z", user: { type: "User" }, ...change },
  repository,
  sender: { login: "bob" },
});
const commented = (body: object) => {
  const [signal] = githubSignals("issue_comment", body, 7);
  return signal?.kind === "repository" ? signal.comment : "no news";
};

it("a person's comment that may hold a command says where it stands, and when it was written", () => {
  expect(commented(comment())).toEqual({ on: 6, at: 1_795_168_800_000 });
});

it.each([
  ["by a program", comment({ user: { type: "Bot" } })],
  ["by a deleted account", comment({ user: null })],
  ["without a command", comment({ body: "Looks good" })],
  ["that was edited into one", comment({}, "edited")],
  ["of no time", comment({ created_at: "soon" })],
])("a comment %s is no news", (_, body) => {
  expect(commented(body)).toBeUndefined();
});
