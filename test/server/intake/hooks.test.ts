import fc from "fast-check";
import { expect, it } from "vitest";
import type { NewDelivery } from "../../../src/store/store.ts";
import { alertFixture, alertmanagerFixture } from "../../signals/alertmanager-payload.ts";
import { bearer, runIntake, sign } from "./running-intake.ts";

const path = "/hooks/alertmanager/prom";
const firing = JSON.stringify(alertmanagerFixture());
const sighting = {
  source: "prom",
  fingerprint: alertFixture().fingerprint,
  startsAt: Date.parse("2026-03-05T10:11:12.123Z"),
  status: "firing",
} as const;

const fluxEvent = JSON.stringify({
  involvedObject: { kind: "Kustomization", name: "checkout", namespace: "flux-system" },
  metadata: { "kustomize.toolkit.fluxcd.io/revision": `main@sha1:${"a".repeat(40)}` },
  severity: "info",
  reason: "ReconciliationSucceeded",
  timestamp: "2026-03-05T10:11:12Z",
});

it("a delivery is stored byte for byte, answered 202 and announced", async () => {
  const intake = await runIntake();
  const answer = await intake.post(path, firing);
  expect(answer).toMatchObject({ status: 202, body: { status: "stored" } });
  expect(await intake.store.inbox.list({})).toMatchObject([
    { source: "prom", type: "alertmanager", event: "", body: firing, receivedAt: 1_000_000, state: "pending" },
  ]);
  expect(intake.woken()).toBe(1);
  expect(intake.counted).toEqual(new Map([["alertmanager stored", 1]]));
});

it("field note S2: a repetition is a duplicate that makes no work, but says when the alert was last seen to fire", async () => {
  const intake = await runIntake();
  const first = await intake.post(path, firing);
  intake.clock.advance(60_000);
  const second = await intake.post(path, firing);
  expect(second).toMatchObject({ status: 200, body: { status: "duplicate", id: (first.body as { id: string }).id } });
  expect(await intake.store.inbox.counts()).toMatchObject({ pending: 1 });
  expect(await intake.store.inbox.lastNotified(sighting)).toBe(1_060_000);
  expect(intake.woken()).toBe(1);
});

it("field note S2: one hundred concurrent repetitions are one delivery", async () => {
  const intake = await runIntake();
  const answers = await Promise.all(Array.from({ length: 100 }, () => intake.post(path, firing)));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
  expect(await intake.store.inbox.counts()).toEqual({ pending: 1, parked: 0, done: 0 });
});

it("either token of a rotation opens the door", async () => {
  const intake = await runIntake();
  for (const token of ["prom-old", "prom-new"]) {
    const answer = await intake.post(path, firing, { ...bearer, authorization: `Bearer ${token}` });
    expect(answer.status).toBeLessThan(300);
  }
});

it("a payload that says nothing is answered and not stored", async () => {
  const intake = await runIntake();
  expect(await intake.post(path, JSON.stringify(alertmanagerFixture([])))).toMatchObject({
    status: 200,
    body: { status: "ignored" },
  });
  expect(await intake.store.inbox.list({})).toEqual([]);
});

const json = "application/json";
const huge = JSON.stringify(alertmanagerFixture([alertFixture({ labels: { a: "x".repeat(1_048_576) } })]));

it.each<[string, number, string, string, string, Record<string, string>]>([
  ["an unknown source", 404, "unknown-source", "/hooks/alertmanager/other", firing, bearer],
  ["a source of another type", 404, "unknown-source", "/hooks/argocd/prom", firing, bearer],
  ["an unknown type", 404, "unknown-source", "/hooks/nagios/prom", firing, bearer],
  ["a longer path", 404, "unknown-source", "/hooks/alertmanager/prom/x", firing, bearer],
  ["no token", 401, "unauthorized", path, firing, { "content-type": json }],
  ["a wrong token", 401, "unauthorized", path, firing, { ...bearer, authorization: "Bearer prom-ne" }],
  ["an empty token", 401, "unauthorized", path, firing, { ...bearer, authorization: "Bearer " }],
  [
    "field note S3: another source's token",
    401,
    "unauthorized",
    path,
    firing,
    { ...bearer, authorization: "Bearer argo-token" },
  ],
  ["a token within other words", 401, "unauthorized", path, firing, { ...bearer, authorization: "My Bearer prom-new" }],
  ["a token and a word", 401, "unauthorized", path, firing, { ...bearer, authorization: "Bearer prom-new x" }],
  ["Flux without token and signature", 401, "unauthorized", "/hooks/flux/flux", firing, { "content-type": json }],
  [
    "Flux with a good signature and a wrong token",
    401,
    "unauthorized",
    "/hooks/flux/flux",
    firing,
    { ...bearer, "x-signature": sign("flux-token", firing) },
  ],
  ["the token with another scheme", 401, "unauthorized", path, firing, { ...bearer, authorization: "Basic prom-new" }],
  [
    "a signature where only a token counts",
    401,
    "unauthorized",
    path,
    firing,
    { "content-type": json, "x-signature": sign("prom-new", firing) },
  ],
  ["no JSON type", 415, "unsupported-type", path, firing, { ...bearer, "content-type": "text/plain" }],
  ["a form", 415, "unsupported-type", path, firing, { ...bearer, "content-type": "application/x-www-form-urlencoded" }],
  ["a compressed body", 415, "unsupported-encoding", path, firing, { ...bearer, "content-encoding": "gzip" }],
  ["a body over the cap", 413, "too-large", path, huge, bearer],
  ["no JSON", 400, "not-json", path, "{", bearer],
  ["nothing", 400, "not-json", path, "", bearer],
  ["another schema", 422, "wrong-schema", path, '{"version":"4"}', bearer],
])("%s is answered %i with one line, counted, and not stored", async (_, status, code, to, body, headers) => {
  const intake = await runIntake();
  const answer = await intake.post(to, body, headers);
  expect(answer).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(/^[^\n]{5,120}$/) } } });
  expect([...intake.counted.keys()]).toEqual([expect.stringMatching(new RegExp(` ${code}$`))]);
  expect(await intake.store.inbox.list({})).toEqual([]);
  expect(await intake.store.inbox.lastNotified(sighting)).toBeUndefined();
  expect(intake.woken()).toBe(0);
});

it.each([
  ["a parameter of the type", { "content-type": "application/json ; charset=utf-8" }],
  ["a type that is JSON underneath", { "content-type": "application/cloudevents+json" }],
  ["an encoding that is none", { "content-encoding": "identity" }],
  ["more spaces and another case", { authorization: "bearer   prom-new  " }],
])("%s is accepted", async (_, headers) => {
  const intake = await runIntake();
  expect((await intake.post(path, firing, { ...bearer, ...headers })).status).toBe(202);
});

it("a body of no type is refused", async () => {
  const intake = await runIntake();
  const body = Uint8Array.from(Buffer.from(firing));
  expect(await intake.post(path, body, { authorization: bearer.authorization })).toMatchObject({
    status: 415,
    body: { error: { code: "unsupported-type" } },
  });
});

it("what a controller reports, and what is critical, goes before what is routine", async () => {
  const accepted: (string | undefined)[] = [];
  const accept = async ({ severity }: NewDelivery) =>
    ({ outcome: "stored", id: String(accepted.push(severity)) }) as const;
  const intake = await runIntake({ inbox: { pending: async () => 0, accept } });
  const alert = (severity: string) => alertFixture({ labels: { alertname: "A", service: "a", severity } });
  for (const severities of [["info"], ["info", "critical"]])
    await intake.post(path, JSON.stringify(alertmanagerFixture(severities.map(alert))));
  await intake.post("/hooks/flux/flux", fluxEvent, { "content-type": json, authorization: "Bearer flux-token" });
  expect(accepted).toEqual(["info", "critical", "critical"]);
});

it("bytes that aren't UTF-8 are no JSON", async () => {
  const intake = await runIntake();
  const body = Uint8Array.from([...Buffer.from('{"a":"'), 0xff, ...Buffer.from('"}')]);
  expect(await intake.post(path, body)).toMatchObject({ status: 400, body: { error: { code: "not-json" } } });
});

it.each(["GET", "PUT", "DELETE"])("%s is answered 405", async (method) => {
  const intake = await runIntake();
  const response = await fetch(`${intake.url}${path}`, { method, headers: bearer });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("POST");
});

it("field note 34: no refusal repeats what was sent", async () => {
  const intake = await runIntake();
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[a-z]{12}$/), async (word) => {
      const wrong = alertmanagerFixture([alertFixture({ status: word, labels: { [`${word} `]: word } })]);
      for (const body of [JSON.stringify(wrong), word]) {
        expect(JSON.stringify((await intake.post(path, body)).body)).not.toContain(word);
      }
    }),
    { numRuns: 10 },
  );
});

it("a store that fails is answered 503, so that the sender tries again", async () => {
  const intake = await runIntake({
    inbox: { pending: async () => 0, accept: () => Promise.reject(new Error("disk full at /secret/place")) },
  });
  const answer = await intake.post(path, firing);
  expect(answer).toMatchObject({ status: 503, body: { error: { code: "not-stored" } } });
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(JSON.stringify(answer.body)).not.toContain("disk");
});

it("while too many deliveries wait, a new one is refused with 429 and a time to come back; once fewer do, it is stored", async () => {
  let waiting = 2;
  const stored: unknown[] = [];
  const accept = async (delivery: unknown) => ({ outcome: "stored", id: String(stored.push(delivery)) }) as const;
  const intake = await runIntake({ mostPending: 3, inbox: { pending: async () => waiting, accept } });
  expect((await intake.post(path, firing)).status).toBe(202);
  const answer = await intake.post(path, firing);
  expect(answer).toMatchObject({ status: 429, body: { error: { code: "full" } } });
  expect(answer.headers.get("retry-after")).toBe("60");
  expect(stored).toHaveLength(1);
  waiting = 0;
  intake.clock.advance(1_000);
  expect((await intake.post(path, firing)).status).toBe(202);
});

it("JSON nested a hundred thousand deep is refused or ignored, and the next delivery is stored", async () => {
  const intake = await runIntake();
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  expect((await intake.post(path, deep)).status).toBe(422);
  const inside = firing.replace('"receiver":"remit"', `"receiver":${deep}`);
  expect((await intake.post(path, inside)).status).toBe(202);
});

it("Flux may sign the body with either of its tokens instead of sending one", async () => {
  const intake = await runIntake();
  const send = (signature: string) =>
    intake.post("/hooks/flux/flux", fluxEvent, { "content-type": json, "x-signature": signature });
  expect((await send(sign("flux-token", fluxEvent))).status).toBe(202);
  expect((await send(sign("flux-old", fluxEvent))).status).toBe(200);
  expect((await send(sign("other", fluxEvent))).status).toBe(401);
  expect((await send(sign("flux-token", `${fluxEvent} `))).status).toBe(401);
  expect((await send("")).status).toBe(401);
});
