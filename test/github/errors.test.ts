import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import {
  answerGraphql,
  createApp,
  createReadyForge,
  emptyView,
  fault,
  incidentId,
  issueView,
  origin,
  proposal,
  repositoryFacts,
  start,
  successes,
  token,
} from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const query = { branch: undefined, incidentId, issueNumber: undefined };
const secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

async function failWith(status: number, body: nock.Body, headers: Record<string, string> = {}): Promise<RemitError> {
  const { forge, spent } = await createReadyForge();
  nock(origin).post("/graphql").reply(status, body, headers);
  const error = await forge.read(query).catch((thrown: unknown) => thrown);
  expect(spent()).toBe(1);
  if (!(error instanceof RemitError)) throw new Error("no RemitError was thrown");
  return error;
}

describe("an answer that is an error", () => {
  it.each([
    [401, "Bad credentials", "github-unauthorized"],
    [403, "Resource not accessible by integration", "github-forbidden"],
    [404, "Not Found", "github-not-found"],
    [409, "Git Repository is empty.", "github-conflict"],
    [410, "Issues are disabled for this repo", "github-not-found"],
    [422, "Validation Failed", "github-rejected"],
    [422, "Reference already exists", "github-conflict"],
    [451, "Repository access blocked", "github-forbidden"],
    [500, "Server Error", "github-unavailable"],
    [502, "Server Error", "github-unavailable"],
    [503, "Service unavailable", "github-unavailable"],
  ])("%d %s becomes %s, after one request", async (status, message, code) => {
    expect((await failWith(status, { message })).code).toBe(code);
  });

  it.each<[string, number, string, Record<string, string>, number]>([
    ["a secondary limit with retry-after", 403, secondary, { "retry-after": "42" }, 42_000],
    ["a secondary limit without a header", 403, secondary, {}, 60_000],
    [
      "a secondary limit that looks healthy",
      403,
      secondary,
      { "x-ratelimit-remaining": "4114", "x-ratelimit-reset": "1" },
      60_000,
    ],
    [
      "an exhausted primary limit",
      403,
      "API rate limit exceeded for installation ID 1.",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${start / 1000 + 90}` },
      91_000,
    ],
    [
      "an exhausted limit whose reset has passed",
      403,
      "API rate limit exceeded",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${start / 1000 - 90}` },
      1_000,
    ],
    ["429 with retry-after", 429, "Too many requests", { "retry-after": "7" }, 7_000],
    ["429 without a header", 429, "Too many requests", {}, 60_000],
    ["403 with nothing but retry-after", 403, "Forbidden", { "retry-after": "5" }, 5_000],
  ])("%s says when to try again", async (_name, status, message, headers, retryAfterMs) => {
    expect(await failWith(status, { message }, headers)).toMatchObject({ code: "github-rate-limited", retryAfterMs });
  });

  it("in HTML becomes one clean line", async () => {
    const error = await failWith(502, "<html>\n<h1>Unicorn\u202e!</h1>\n</html>", { "content-type": "text/html" });
    expect(error.code).toBe("github-unavailable");
    expect(error.message).not.toMatch(/[\n\u202e]/);
  });

  it("never quotes a token", async () => {
    const error = await failWith(403, { message: `token ${token} and x-access-token:${token}@host` });
    expect(error.message).not.toContain(token);
    expect(JSON.stringify(error)).not.toContain(token);
    expect(error.cause).toBeUndefined();
  });
});

describe("no answer at all", () => {
  it("is unavailable", async () => {
    const { forge } = await createReadyForge();
    nock(origin).post("/graphql").replyWithError(`connect ECONNREFUSED ${token}`);
    const error = await forge.read(query).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "github-unavailable", message: expect.not.stringContaining(token) });
  });

  it("within the time allowed is unavailable", async () => {
    const app = createApp({ timeoutMs: 20, fetch: (_input, init) => hang(init?.signal ?? undefined) });
    const { createForge } = await import("../../src/github/create-forge.ts");
    const forge = createForge({ app, repository: "acme/shop", installationId: 1 });
    await expect(forge.read(query)).rejects.toMatchObject({ code: "github-unavailable" });
  });

  function hang(signal: AbortSignal | undefined): Promise<Response> {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  }
});

describe("HTTP 200 with errors in the body", () => {
  it.each([
    [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }, "github-rate-limited"],
    [{ message: secondary }, "github-rate-limited"],
    [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }, "github-forbidden"],
    [
      { type: "INSUFFICIENT_SCOPES", message: "Your token has not been granted the required scopes" },
      "github-forbidden",
    ],
    [{ message: "Something went wrong while executing your query." }, "github-unavailable"],
    [{ type: "MAX_NODE_LIMIT_EXCEEDED", message: "too many" }, "github-rejected"],
    [{ type: "constructor", message: "no" }, "github-rejected"],
    [{ type: "__proto__", message: "no" }, "github-rejected"],
  ])("%j becomes %s", async (error, code) => {
    const failure = await failWith(200, { data: null, errors: [error] });
    expect(failure.code).toBe(code);
    if (code === "github-rate-limited") expect(failure.retryAfterMs).toBeGreaterThanOrEqual(60_000);
  });

  it("fails even beside data when the error is of the whole", async () => {
    const body = { data: { viewer: { login: "x" } }, errors: [{ type: "SERVICE_UNAVAILABLE", message: "down" }] };
    expect((await failWith(200, body)).code).toBe("github-unavailable");
  });

  it.each([{}, { data: { repository: { id: 5 } } }, "nothing", { data: 7 }])(
    "fails on a shape that isn't GitHub's: %j",
    async (body) => {
      expect(["github-rejected", "github-unavailable"]).toContain((await failWith(200, body)).code);
    },
  );
});

describe("with throttling on", () => {
  it("nothing is tried again, and errors are told the same", async () => {
    const { forge, spent } = await createReadyForge({}, createApp({ throttle: true }));
    nock(origin).post("/graphql").reply(403, { message: secondary });
    await expect(forge.read(query)).rejects.toMatchObject({ code: "github-rate-limited", retryAfterMs: 60_000 });
    expect(spent()).toBe(1);
  });

  it("a limit pauses the whole lane: what is asked meanwhile isn't sent", async () => {
    const { forge, spent } = await createReadyForge({}, createApp({ throttle: true }));
    nock(origin)
      .post("/graphql")
      .reply(200, { data: null, errors: [{ type: "RATE_LIMITED", message: "limit" }] });
    await expect(forge.read(query)).rejects.toMatchObject({ code: "github-rate-limited" });
    await expect(forge.read(query)).rejects.toMatchObject({ code: "github-rate-limited" });
    expect(spent()).toBe(1);
  });
});

describe("writes", () => {
  const writes = (forge: Awaited<ReturnType<typeof createReadyForge>>["forge"]) => [
    () => forge.propose(emptyView, proposal),
    () =>
      forge.reportGate(emptyView, {
        pullId: "PR_7",
        head: "c".repeat(40),
        conclusion: "success",
        title: "",
        summary: "",
        pullBody: undefined,
        issue: undefined,
      }),
    () => forge.closePull(emptyView, { pullId: "PR_7", comment: "c", deleteBranch: false }),
    () =>
      forge.writeIssue(
        { ...emptyView, issue: issueView },
        { title: "t", body: "b", comment: undefined, close: undefined, pullComment: undefined },
      ),
  ];

  it.each([0, 1, 2, 3])("number %d isn't repeated after a 502", async (index) => {
    const { forge, spent } = await createReadyForge();
    nock(origin).post("/graphql").reply(502, "");
    await expect(writes(forge)[index]?.()).rejects.toMatchObject({ code: "github-unavailable" });
    expect(spent()).toBe(1);
  });
});

it("a token that GitHub refused is replaced by the next call", async () => {
  const { forge, app } = await createReadyForge();
  nock(origin).post("/graphql").reply(401, { message: "Bad credentials" });
  await expect(forge.read(query)).rejects.toMatchObject({ code: "github-unauthorized" });
  const fresh = `ghs_${"f".repeat(36)}`;
  nock(origin)
    .post("/app/installations/1/access_tokens")
    .reply(201, { token: fresh, expires_at: new Date(start + 3_600_000).toISOString() });
  answerGraphql(repositoryFacts());
  await forge.read(query);
  expect(await app.token("acme/shop")).toBe(fresh);
});

it("a field that is at fault doesn't hide what the others did", async () => {
  const { forge } = await createReadyForge();
  answerGraphql({ ...successes, createPullRequest: fault("UNPROCESSABLE", "A pull request already exists") });
  await expect(forge.propose(emptyView, proposal)).rejects.toMatchObject({ code: "github-conflict" });
});
