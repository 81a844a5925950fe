import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { describe, expect, test } from "vitest";
import { refusal, repo, silent, startWorld } from "./world.ts";

const now = Date.UTC(2026, 10, 20, 12);

function jwt(claims: Record<string, unknown>, key: string, algorithm = "RS256"): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part({ alg: algorithm, typ: "JWT" })}.${part(claims)}`;
  const signature =
    algorithm === "HS256"
      ? createHmac("sha256", key).update(body).digest("base64url")
      : createSign("RSA-SHA256").update(body).sign(key, "base64url");
  return `${body}.${signature}`;
}

describe("an App shows who it is by its JWT", () => {
  const seconds = now / 1000;
  const good = { iat: seconds - 30, exp: seconds + 540 };
  const cases: [string, (id: number) => Record<string, unknown>, number][] = [
    ["its id as issuer is taken", (id) => ({ ...good, iss: String(id) }), 200],
    ["a number as issuer is taken", (id) => ({ ...good, iss: id }), 200],
    ["another App's id is not found", () => ({ ...good, iss: "1" }), 404],
    ["an expired one is refused", (id) => ({ iat: seconds - 700, exp: seconds - 1, iss: id }), 401],
    ["one valid for more than ten minutes is refused", (id) => ({ iat: seconds, exp: seconds + 900, iss: id }), 401],
    ["one from the future is refused", (id) => ({ iat: seconds + 120, exp: seconds + 300, iss: id }), 401],
    ["one without times is refused", (id) => ({ iss: id }), 401],
  ];
  test.each(cases)("%s", async (_, claims, status) => {
    const { github } = await startWorld({ clock: { now: () => now } });
    const token = jwt(claims(github.appId), github.privateKey);
    const answer = await fetch(`${github.apiUrl}/app`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(status);
    expect(Date.parse(answer.headers.get("date") ?? "")).toBe(now);
  });

  test("a signature by another key, or by the public key as a secret, is refused", async () => {
    const { github } = await startWorld({ clock: { now: () => now } });
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
      type: "pkcs1",
      format: "pem",
    });
    for (const token of [
      jwt({ ...good, iss: github.appId }, other.toString()),
      jwt({ ...good, iss: github.appId }, github.privateKey, "HS256"),
      "a.b.c",
    ]) {
      const answer = await fetch(`${github.apiUrl}/app`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(401);
    }
  });
});

test("an App finds its installation, and a token of it reads the repository", async () => {
  const { app, remit, github } = await startWorld();
  expect((await app.apps.getAuthenticated()).data?.slug).toBe("remit");
  expect((await app.apps.getRepoInstallation(repo)).data.id).toBe(github.installationId);
  expect((await app.apps.listInstallations()).data).toHaveLength(1);
  expect((await remit.apps.listReposAccessibleToInstallation()).data.repositories[0]?.full_name).toBe("acme/shop");
  expect((await refusal(app.apps.getRepoInstallation({ owner: "acme", repo: "other" }))).status).toBe(404);
});

test("a token narrowed to reading may not write", async () => {
  const { app, github } = await startWorld();
  const { data } = await app.apps.createInstallationAccessToken({
    installation_id: github.installationId,
    permissions: { contents: "read", issues: "write" },
    repositories: ["shop"],
  });
  expect(data.permissions).toEqual({ contents: "read", issues: "write", metadata: "read" });
  const narrow = new Octokit({ baseUrl: github.apiUrl, auth: data.token, log: silent });
  const put = { ...repo, path: "a.yaml", message: "m", content: "YQ==" };
  const refused = await refusal(narrow.repos.createOrUpdateFileContents(put));
  expect(refused).toMatchObject({
    status: 403,
    message: expect.stringContaining("Resource not accessible by integration"),
  });
  expect((await narrow.issues.create({ ...repo, title: "Still fine" })).status).toBe(201);
});

test("more than was granted is not given to a token", async () => {
  const { app, github } = await startWorld({ permissions: { contents: "read", metadata: "read" } });
  const asked = { installation_id: github.installationId, permissions: { contents: "write" } } as const;
  expect((await refusal(app.apps.createInstallationAccessToken(asked))).status).toBe(422);
});

test("a token stops working when its hour is over, and when it is revoked", async () => {
  let at = now;
  const { github } = await startWorld({ clock: { now: () => at } });
  const token = async () => {
    const bearer = jwt({ iat: at / 1000 - 30, exp: at / 1000 + 500, iss: github.appId }, github.privateKey);
    const path = `${github.apiUrl}/app/installations/${github.installationId}/access_tokens`;
    const answer = await fetch(path, { method: "POST", headers: { authorization: `Bearer ${bearer}` } });
    return String(Object(await answer.json()).token);
  };
  const read = async (value: string) =>
    (await fetch(`${github.apiUrl}/repos/acme/shop`, { headers: { authorization: `token ${value}` } })).status;
  const first = await token();
  at += 3_599_000;
  expect(await read(first)).toBe(200);
  at += 1_000;
  expect(await read(first)).toBe(401);
  const second = await token();
  await fetch(`${github.apiUrl}/installation/token`, {
    method: "DELETE",
    headers: { authorization: `token ${second}` },
  });
  expect(await read(second)).toBe(401);
});
