import { createPublicKey, verify } from "node:crypto";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createForge } from "../../src/github/create-forge.ts";
import type { KnownIds } from "../../src/github/github-app.ts";
import {
  answerGraphql,
  createApp,
  grantToken,
  incidentId,
  origin,
  privateKey,
  repository,
  repositoryFacts,
  start,
  token,
} from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

const installation = () => nock(origin).get("/repos/acme/shop/installation");

function rememberedIds(known?: number): KnownIds & { readonly stored: Map<string, number> } {
  const stored = new Map<string, number>(known === undefined ? [] : [[repository, known]]);
  return {
    stored,
    get: async (name) => stored.get(name),
    set: async (name, id) => {
      stored.set(name, id);
    },
  };
}

describe("the installation", () => {
  it("is looked up once, as the App, and remembered", async () => {
    const ids = rememberedIds();
    const app = createApp({ installationIds: ids });
    let authorization = "";
    installation().reply((request: Request) => {
      authorization = request.headers.get("authorization") ?? "";
      return [200, { id: 1 }];
    });
    expect(await Promise.all([app.installationId(repository), app.installationId(repository)])).toEqual([1, 1]);
    expect(app.requests(repository)).toBe(1);
    expect(ids.stored.get(repository)).toBe(1);
    const [header = "", payload = "", signature = ""] = authorization.replace(/^bearer /i, "").split(".");
    const signed = verify(
      "sha256",
      Buffer.from(`${header}.${payload}`),
      createPublicKey(privateKey),
      Buffer.from(signature, "base64url"),
    );
    expect(signed).toBe(true);
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({ iss: 7 });
  });

  it("is remembered over a restart, without a request", async () => {
    const app = createApp({ installationIds: rememberedIds(1) });
    expect(await app.installationId(repository)).toBe(1);
    expect(app.requests(repository)).toBe(0);
  });

  it("is looked up again when the App was installed anew", async () => {
    const ids = rememberedIds(99);
    const app = createApp({ installationIds: ids });
    nock(origin).post("/app/installations/99/access_tokens").reply(404, { message: "Not Found" });
    installation().reply(200, { id: 1 });
    grantToken();
    expect(await app.token(repository)).toBe(token);
    expect(ids.stored.get(repository)).toBe(1);
  });

  it("that doesn't exist is told by the repository's name", async () => {
    installation().reply(404, { message: "Not Found" });
    await expect(createApp().token(repository)).rejects.toMatchObject({
      code: "repository-unknown",
      message: expect.stringContaining(repository),
    });
  });

  it("is asked for again after a failure", async () => {
    const app = createApp();
    installation().reply(502, "");
    await expect(app.installationId(repository)).rejects.toMatchObject({ code: "github-unavailable" });
    installation().reply(200, { id: 1 });
    expect(await app.installationId(repository)).toBe(1);
  });
});

describe("the token", () => {
  it("field note S19: is good for one repository and no more than Remit needs, and asked for once", async () => {
    const app = createApp();
    app.useInstallation(repository, 1);
    nock(origin)
      .post("/app/installations/1/access_tokens", {
        repositories: ["shop"],
        permissions: {
          contents: "write",
          pull_requests: "write",
          issues: "write",
          checks: "write",
          statuses: "read",
          merge_queues: "read",
          metadata: "read",
        },
      })
      .reply(201, { token, expires_at: new Date(start + 3_600_000).toISOString() });
    expect(await Promise.all([app.token(repository), app.token(repository)])).toEqual([token, token]);
    expect(app.requests(repository)).toBe(1);
  });

  it("is replaced a minute before it expires, and not earlier", async () => {
    let now = start;
    const app = createApp({ clock: { now: () => now } });
    app.useInstallation(repository, 1);
    grantToken(token, start + 3_600_000);
    await app.token(repository);
    now = start + 3_540_000 - 1;
    expect(await app.token(repository)).toBe(token);
    now = start + 3_540_000;
    grantToken("ghs_second", now + 3_600_000);
    expect(await app.token(repository)).toBe("ghs_second");
    expect(app.requests(repository)).toBe(2);
  });

  it("is asked for again after a failure", async () => {
    const app = createApp();
    app.useInstallation(repository, 1);
    nock(origin).post("/app/installations/1/access_tokens").reply(500, { message: "Server Error" });
    await expect(app.token(repository)).rejects.toMatchObject({ code: "github-unavailable" });
    grantToken();
    expect(await app.token(repository)).toBe(token);
  });

  it("serves git as a header's value", async () => {
    const app = createApp();
    app.useInstallation(repository, 1);
    grantToken();
    const value = Buffer.from(`x-access-token:${token}`).toString("base64");
    expect(await app.gitAuthorization(repository)).toBe(`basic ${value}`);
  });

  it("of one repository isn't used for another", async () => {
    const app = createApp();
    app.useInstallation(repository, 1);
    app.useInstallation("acme/other", 1);
    grantToken("ghs_shop");
    grantToken("ghs_other");
    expect(await app.token(repository)).toBe("ghs_shop");
    expect(await app.token("acme/other")).toBe("ghs_other");
  });
});

describe("field note S20: a name that was given to another repository", () => {
  const granted = (id: number) => ({
    token,
    expires_at: new Date(start + 3_600_000).toISOString(),
    repositories: [{ id }],
  });

  it("is asked for by its id once that is known, over a restart, and refused where the id isn't there", async () => {
    const ids = rememberedIds();
    const first = createApp({ repositoryIds: ids });
    first.useInstallation(repository, 1);
    nock(origin)
      .post(
        "/app/installations/1/access_tokens",
        (body) => body.repositories?.[0] === "shop" && body.repository_ids === undefined,
      )
      .reply(201, granted(42));
    await first.token(repository);
    expect(ids.stored.get(repository)).toBe(42);

    const second = createApp({ repositoryIds: ids });
    second.useInstallation(repository, 1);
    nock(origin)
      .post(
        "/app/installations/1/access_tokens",
        (body) => body.repository_ids?.[0] === 42 && body.repositories === undefined,
      )
      .reply(422, { message: "There is at least one repository that does not exist or is not accessible" });
    await expect(second.token(repository)).rejects.toMatchObject({ code: "repository-unknown" });
  });

  const asked = (matches: (body: { repositories?: string[]; repository_ids?: number[] }) => boolean) =>
    nock(origin).post("/app/installations/1/access_tokens", matches);
  const unknown = { message: "There is at least one repository that does not exist or is not accessible" };
  const byName = () => asked(({ repositories }) => repositories?.[0] === "shop").reply(422, unknown);

  it("a former name of a repository that Remit never knew leads to its id, by a token that may do nothing else", async () => {
    const ids = rememberedIds();
    const app = createApp({ repositoryIds: ids });
    app.useInstallation(repository, 1);
    byName();
    nock(origin)
      .post("/app/installations/1/access_tokens", { permissions: { metadata: "read" } })
      .reply(201, { token: "ghs_metadata" });
    nock(origin)
      .get("/repos/acme/shop")
      .matchHeader("authorization", "token ghs_metadata")
      .reply(301, "", { location: `${origin}/repositories/42` });
    nock(origin).get("/repositories/42").reply(200, { id: 42, full_name: "acme/store" });
    asked(({ repository_ids }) => repository_ids?.[0] === 42).reply(201, granted(42));
    expect(await app.token(repository)).toBe(token);
    expect(ids.stored.get(repository)).toBe(42);
  });

  it("a name that leads nowhere is told as that", async () => {
    const app = createApp({ repositoryIds: rememberedIds() });
    app.useInstallation(repository, 1);
    byName();
    nock(origin)
      .post("/app/installations/1/access_tokens", { permissions: { metadata: "read" } })
      .reply(201, { token: "ghs_metadata" });
    nock(origin).get("/repos/acme/shop").reply(404, { message: "Not Found" });
    await expect(app.token(repository)).rejects.toMatchObject({
      code: "repository-unknown",
      message: expect.stringContaining(repository),
    });
  });

  it("is never read as the one that had the name before", async () => {
    const app = createApp({ repositoryIds: rememberedIds(42) });
    app.useInstallation(repository, 1);
    grantToken();
    const forge = createForge({ app, repository });
    const query = { branch: undefined, incidentId, issueNumber: undefined };
    answerGraphql(repositoryFacts({ databaseId: 43 }));
    await expect(forge.read(query)).rejects.toMatchObject({ code: "repository-unknown" });
    answerGraphql(repositoryFacts({ databaseId: 42 }));
    expect((await forge.read(query)).defaultBranch).toBe("main");
  });
});

it("look-up, token and query are three requests, and then each query is one", async () => {
  const app = createApp();
  installation().reply(200, { id: 1 });
  grantToken();
  const forge = createForge({ app, repository });
  const query = { branch: undefined, incidentId, issueNumber: undefined };
  answerGraphql(repositoryFacts());
  await forge.read(query);
  expect(forge.requests).toBe(3);
  answerGraphql(repositoryFacts());
  await forge.read(query);
  expect(forge.requests).toBe(4);
});

it("the App's slug is asked for once", async () => {
  const app = createApp();
  nock(origin).get("/app").reply(200, { slug: "remit" });
  expect([await app.slug(), await app.slug()]).toEqual(["remit", "remit"]);
});

it("an Enterprise Server has GraphQL beside its REST API", async () => {
  const host = "http://127.0.0.1:1234";
  const app = createApp({ apiUrl: `${host}/api/v3/` });
  nock(host).get("/api/v3/repos/acme/shop/installation").reply(200, { id: 1 });
  nock(host)
    .post("/api/v3/app/installations/1/access_tokens")
    .reply(201, { token, expires_at: new Date(start + 3_600_000).toISOString() });
  nock(host).post("/api/graphql").reply(502, "");
  const forge = createForge({ app, repository });
  await expect(forge.read({ branch: undefined, incidentId, issueNumber: undefined })).rejects.toMatchObject({
    code: "github-unavailable",
  });
});

it.each(["acme", "acme/shop/x", "../shop", "acme/..", "acme/sh op", ""])("%j is no repository", async (name) => {
  await expect((async () => createApp().token(name))()).rejects.toMatchObject({ code: "repository-unknown" });
});
