import { once } from "node:events";
import { request } from "node:http";
import fc from "fast-check";
import { expect, it } from "vitest";
import { githubHeaders, runIntake, sign } from "./running-intake.ts";

const path = "/api/github/webhooks";
const push = JSON.stringify({
  ref: "refs/heads/main",
  repository: { full_name: "acme/shop" },
  sender: { login: "älice" },
});

it("a signed event is stored as it was sent and answered 202", async () => {
  const intake = await runIntake();
  expect(await intake.post(path, push, githubHeaders(push))).toMatchObject({ status: 202, body: { status: "stored" } });
  expect(await intake.store.inbox.list({})).toMatchObject([
    {
      source: "github",
      type: "github",
      event: "push",
      body: push,
      dedupeKey: "github/7a1c5f60-1111-2222-3333-444455556666",
    },
  ]);
  expect(intake.counted).toEqual(new Map([["github stored", 1]]));
});

it("either webhook secret of a rotation verifies", async () => {
  const intake = await runIntake();
  const headers = githubHeaders(push, { "x-hub-signature-256": sign("hook-old", push) });
  expect((await intake.post(path, push, headers)).status).toBe(202);
});

it("field note S2: a redelivery with the same id is a duplicate, whatever it holds", async () => {
  const intake = await runIntake();
  await intake.post(path, push, githubHeaders(push));
  expect(await intake.post(path, "{}", githubHeaders("{}", { "x-github-event": "status" }))).toMatchObject({
    status: 200,
  });
  expect(await intake.post(path, push, githubHeaders(push))).toMatchObject({
    status: 200,
    body: { status: "duplicate" },
  });
  expect(await intake.store.inbox.counts()).toMatchObject({ pending: 1 });
});

it.each(["ping", "star", "workflow_run"])("%s is ignored and not stored", async (event) => {
  const intake = await runIntake();
  const answer = await intake.post(path, push, githubHeaders(push, { "x-github-event": event }));
  expect(answer).toMatchObject({ status: 200, body: { status: "ignored" } });
  expect(await intake.store.inbox.list({})).toEqual([]);
});

const good = sign("hook-new", push);

it.each<[string, number, string, string, Record<string, string | undefined>]>([
  ["no signature", 401, "unauthorized", push, { "x-hub-signature-256": undefined }],
  ["an empty signature", 401, "unauthorized", push, { "x-hub-signature-256": "" }],
  ["two signatures", 401, "unauthorized", push, { "x-hub-signature-256": `${good}, ${good}` }],
  ["a sha1 signature", 401, "unauthorized", push, { "x-hub-signature-256": `sha1=${good.slice(7, 47)}` }],
  ["a bare signature", 401, "unauthorized", push, { "x-hub-signature-256": good.slice(7) }],
  [
    "an upper-case signature",
    401,
    "unauthorized",
    push,
    { "x-hub-signature-256": `sha256=${good.slice(7).toUpperCase()}` },
  ],
  [
    "a signature in the header of another algorithm",
    401,
    "unauthorized",
    push,
    { "x-hub-signature-256": undefined, "x-hub-signature": good },
  ],
  ["a cut signature", 401, "unauthorized", push, { "x-hub-signature-256": good.slice(0, -1) }],
  ["a signature of another secret", 401, "unauthorized", push, { "x-hub-signature-256": sign("prom-new", push) }],
  [
    "a signature of the same JSON written otherwise",
    401,
    "unauthorized",
    push,
    { "x-hub-signature-256": sign("hook-new", JSON.stringify(JSON.parse(push), null, 1)) },
  ],
  ["an empty body without a signature", 401, "unauthorized", "", { "x-hub-signature-256": undefined }],
  ["an empty body with an empty signature", 401, "unauthorized", "", { "x-hub-signature-256": "sha256=" }],
  ["an empty body", 400, "not-json", "", { "x-hub-signature-256": sign("hook-new", "") }],
  ["no JSON", 400, "not-json", "{", { "x-hub-signature-256": sign("hook-new", "{") }],
  ["no event", 400, "header-missing", push, { "x-github-event": undefined }],
  ["an event that is none", 400, "header-missing", push, { "x-github-event": "a b" }],
  ["no id", 400, "header-missing", push, { "x-github-delivery": undefined }],
  ["an id with more before it", 400, "header-missing", push, { "x-github-delivery": "a/7a1c5f60" }],
  ["an id with more behind it", 400, "header-missing", push, { "x-github-delivery": "7a1c5f60/a" }],
  ["another schema", 422, "wrong-schema", "[]", { "x-hub-signature-256": sign("hook-new", "[]") }],
  ["a form", 415, "unsupported-type", push, { "content-type": "application/x-www-form-urlencoded" }],
  ["a compressed body", 415, "unsupported-encoding", push, { "content-encoding": "gzip" }],
])("field note S1: %s is answered %i, counted and not stored", async (_, status, code, body, changes) => {
  const intake = await runIntake();
  const headers = Object.entries({ ...githubHeaders(push), ...changes }).filter(([, value]) => value !== undefined);
  const answer = await intake.post(path, body, Object.fromEntries(headers) as Record<string, string>);
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect(intake.counted).toEqual(new Map([[`github ${code}`, 1]]));
  expect(await intake.store.inbox.list({})).toEqual([]);
});

it.each([
  [401, {}],
  [413, { "x-hub-signature-256": sign("hook-new", push) }],
])(
  "a body that is declared too large is answered %i where it is signed or not, and not waited for",
  async (status, signed) => {
    const intake = await runIntake();
    const headers = { "content-type": "application/json", "content-length": String(26 * 1_048_576), ...signed };
    const asked = request(`${intake.url}${path}`, { method: "POST", headers });
    asked.on("error", () => {});
    asked.flushHeaders();
    const [answer] = await once(asked, "response");
    asked.destroy();
    expect(answer.statusCode).toBe(status);
  },
);

it("field note S1: with any bit of the body or the signature flipped it is answered 401", async () => {
  const intake = await runIntake();
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 7 }), async (inBody, position, bit) => {
      const bytes = Uint8Array.from(inBody ? Buffer.from(push) : Buffer.from(good.slice(7), "hex"));
      const index = position % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
      const body = inBody ? bytes : Uint8Array.from(Buffer.from(push));
      const signature = inBody ? good : `sha256=${Buffer.from(bytes).toString("hex")}`;
      const answer = await intake.post(path, body, githubHeaders(push, { "x-hub-signature-256": signature }));
      expect(answer.status).toBe(401);
    }),
    { numRuns: 60 },
  );
  expect(await intake.store.inbox.list({})).toEqual([]);
});

it("a body over one MiB is taken from GitHub, whose limit is 25 MiB", async () => {
  const intake = await runIntake();
  const big = JSON.stringify({ repository: { full_name: "acme/shop" }, commits: "x".repeat(2_000_000) });
  expect((await intake.post(path, big, githubHeaders(big))).status).toBe(202);
});

it("GET is answered 405", async () => {
  const intake = await runIntake();
  expect((await fetch(`${intake.url}${path}`)).status).toBe(405);
});
