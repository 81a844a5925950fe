import { Hono } from "hono";
import { expect, it } from "vitest";
import { cookies } from "../../../src/server/sign-in/cookies.ts";
import { repo } from "../../sandbox/github/world.ts";
import { statusWorld } from "../pages/status-world.ts";
import { signedShop } from "./signed-shop.ts";

const hour = 60 * 60_000;

it("whoever is signed in and may stops Remit by a button, and an issue says who", async () => {
  const { browser, stops, later } = await signedShop();
  const bob = browser();
  expect((await bob.go("/")).text).toMatch(/<a href="\/sign-in">Sign in with GitHub<\/a>/);
  expect(await bob.signIn("bob")).toMatchObject({ status: 303, location: "/" });
  expect((await bob.go("/")).text).toContain("Signed in as <b>bob</b>");
  const { status, said } = await bob.press("stop");
  expect(status).toBe(303);
  expect(said).toMatch(
    /^acme\/shop: Remit only watches this repository until that is lifted\. Lift it by \/remit start/,
  );
  expect(await stops()).toEqual([
    { number: expect.any(Number), state: "open", body: expect.stringContaining("`bob` asked Remit to stop.") },
  ]);
  // Said once, and pressed once more it does nothing.
  expect((await bob.go("/")).text).not.toContain('id="said"');
  later();
  expect((await bob.press("stop")).said).toContain("Nothing was done. Remit only watches already.");
  expect(await stops()).toHaveLength(1);
});

it("starting takes what /remit start takes, and a comment says who did it", async () => {
  const { browser, stops, people, github } = await signedShop();
  const [bob, alice] = [browser(), browser()];
  await bob.signIn("bob");
  await alice.signIn("alice");
  await bob.press("stop");
  expect((await bob.press("start")).said).toBe(
    "acme/shop: Nothing was done. It takes maintain permission on this repository.",
  );
  const [open] = await stops();
  expect(open?.state).toBe("open");
  expect((await alice.press("start")).said).toBe(`acme/shop: Issue #${open?.number} is closed.`);
  expect(await stops()).toMatchObject([{ state: "closed" }]);
  const { data } = await people.rest.issues.listComments({ ...repo, issue_number: open?.number ?? 0 });
  expect(data.map(({ body, user }) => [user?.login, body])).toEqual([
    [`${github.appSlug}[bot]`, "`alice` started Remit again on its status page.\n"],
  ]);
});

it.each(["carol", "mallory"] as const)("%s, who may not write, stops nothing", async (person) => {
  const { browser, stops } = await signedShop();
  const visitor = browser();
  await visitor.signIn(person);
  expect((await visitor.press("stop")).said).toBe(
    "acme/shop: Nothing was done. It takes triage permission on this repository.",
  );
  expect(await stops()).toEqual([]);
});

it("what somebody may do is asked at that moment, and where GitHub doesn't tell nothing is done", async () => {
  const { browser, stops, github } = await signedShop();
  const bob = browser();
  await bob.signIn("bob");
  github.faults.fail(
    { operation: "repos/get-collaborator-permission-level" },
    { kind: "status", status: 500, when: "before" },
  );
  expect((await bob.press("stop")).said).toContain("Nothing is known to be done");
  expect(await stops()).toEqual([]);
});

it("what stops Remit elsewhere is told, and not lifted by the button", async () => {
  const { browser } = await signedShop(true);
  const alice = browser();
  await alice.signIn("alice");
  expect((await alice.press("start")).said).toContain("REMIT_STOP is set where Remit runs");
});

it("without a session, with a made up one, or after eight hours nothing is done", async () => {
  const { browser, stops, clock } = await signedShop();
  const form = { csrf: "x", stop: "acme/shop" };
  const stranger = browser();
  expect(await stranger.post("/switch", form)).toMatchObject({ status: 401 });
  stranger.jar.set("remit-session", "A".repeat(43));
  expect(await stranger.post("/switch", form)).toMatchObject({ status: 401 });
  const bob = browser();
  await bob.signIn("bob");
  const csrf = await bob.csrf();
  clock.advance(8 * hour);
  expect(await bob.post("/switch", { csrf, stop: "acme/shop" })).toMatchObject({ status: 401 });
  expect((await bob.go("/")).text).toContain("Sign in with GitHub");
  expect(await stops()).toEqual([]);
});

it("whoever signed out is out, wherever the cookie is kept", async () => {
  const { browser, stops } = await signedShop();
  const bob = browser();
  await bob.signIn("bob");
  const [csrf, kept] = [await bob.csrf(), bob.jar.get("remit-session") ?? ""];
  expect(await bob.post("/sign-out", { csrf: "wrong" })).toMatchObject({ status: 403 });
  expect(await bob.post("/sign-out", { csrf })).toMatchObject({ status: 303 });
  expect(bob.jar.has("remit-session")).toBe(false);
  bob.jar.set("remit-session", kept);
  expect(await bob.post("/switch", { csrf, stop: "acme/shop" })).toMatchObject({ status: 401 });
  expect(await stops()).toEqual([]);
});

it("a form of another page, without the token or with another session's, does nothing", async () => {
  const { browser, stops, url } = await signedShop();
  const [bob, alice] = [browser(), browser()];
  await bob.signIn("bob");
  await alice.signIn("alice");
  const csrf = await bob.csrf();
  const stop = "acme/shop";
  const refused: readonly (readonly [Record<string, string>, Record<string, string>])[] = [
    [{ stop }, { origin: url }],
    [{ stop, csrf: "" }, { origin: url }],
    [{ stop, csrf: await alice.csrf() }, { origin: url }],
    [{ stop, csrf }, { origin: "https://evil.example" }],
    [{ stop, csrf }, { origin: "null" }],
    [
      { stop, csrf },
      { origin: url, "sec-fetch-site": "cross-site" },
    ],
    [{ stop, csrf }, { "sec-fetch-site": "same-site" }],
  ];
  for (const [form, headers] of refused) expect((await bob.post("/switch", form, headers)).status).toBe(403);
  expect((await bob.go(`/switch?csrf=${csrf}&stop=acme/shop`)).status).toBe(404);
  expect(await bob.post("/switch", { stop, csrf, more: "x".repeat(5_000) })).toMatchObject({ status: 413 });
  expect(await stops()).toEqual([]);
});

it("only repositories that Remit knows can be named", async () => {
  const { browser, github } = await signedShop();
  const alice = browser();
  await alice.signIn("alice");
  const csrf = await alice.csrf();
  for (const stop of ["acme/other", "../acme/shop", "", "acme/shop/issues"])
    expect(await alice.post("/switch", { csrf, stop })).toMatchObject({ status: 404 });
  expect(github.requests.map(({ operation }) => operation)).not.toContain("repos/get-collaborator-permission-level");
});

it("a sign-in that another browser began, that is old, or whose code was used signs nobody in", async () => {
  const { browser, clock } = await signedShop();
  const [mallory, victim] = [browser(), browser()];
  const { back } = await mallory.authorize("mallory");
  expect(await victim.go(back)).toMatchObject({ status: 400 });
  // Not even where the victim has begun one, too.
  await victim.go("/sign-in");
  expect(await victim.go(back)).toMatchObject({ status: 400 });
  expect(victim.jar.has("remit-session")).toBe(false);
  expect(await mallory.go(back)).toMatchObject({ status: 303 });
  const again = browser();
  for (const [name, value] of mallory.jar) again.jar.set(name, value);
  expect(await again.go(back)).toMatchObject({ status: 400 });
  const late = browser();
  const { back: old } = await late.authorize("bob");
  clock.advance(11 * 60_000);
  expect(await late.go(old)).toMatchObject({ status: 400 });
});

it("a code that was stolen is good for nothing in another sign-in", async () => {
  const { browser } = await signedShop();
  const [alice, mallory] = [browser(), browser()];
  const stolen = new URL((await alice.authorize("alice")).back).searchParams.get("code") ?? "";
  const own = new URL((await mallory.authorize("mallory")).back);
  own.searchParams.set("code", stolen);
  expect(await mallory.go(own.href)).toMatchObject({ status: 502 });
  expect(mallory.jar.has("remit-session")).toBe(false);
});

it("sends to GitHub with state and challenge, and comes back to the front page only", async () => {
  const { browser, github, url } = await signedShop();
  const { asked } = await browser().authorize("bob");
  expect(`${asked.origin}${asked.pathname}`).toBe(`${github.url}/login/oauth/authorize`);
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    client_id: github.clientId,
    redirect_uri: `${url}/sign-in/callback`,
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
  const visitor = browser();
  const { back } = await visitor.authorize("bob");
  expect(await visitor.go(`${back}&next=https://evil.example`)).toMatchObject({ status: 303, location: "/" });
});

it("cookies are for the server alone, and a new sign-in has a new session", async () => {
  const { browser } = await signedShop();
  const bob = browser();
  const { set } = await bob.signIn("bob");
  const first = bob.jar.get("remit-session");
  const session = set.find((each) => each.startsWith("remit-session=")) ?? "";
  expect(session).toMatch(/HttpOnly/);
  expect(session).toMatch(/SameSite=Lax/);
  expect(session).toMatch(/Path=\//);
  expect(session).not.toMatch(/Domain/);
  await bob.signIn("bob");
  expect(bob.jar.get("remit-session")).not.toBe(first);
});

it("where the page is reached by https its cookies go by nothing else, and no neighbour can set them", async () => {
  const app = new Hono();
  app.get("/", (context) => {
    cookies(true).set(context, "session", "x");
    return context.text("");
  });
  const set = (await app.request("/")).headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^__Host-remit-session=x; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
});

it("no secret, code or token is in a log, a cookie or a page", async () => {
  const { browser, github, lines } = await signedShop();
  const bob = browser();
  const { back } = await bob.authorize("bob");
  const code = new URL(back).searchParams.get("code") ?? "";
  const answers = [await bob.go(back), await bob.go("/"), await browser().go(back)];
  await bob.press("stop");
  const all = [...lines, ...bob.jar.values(), ...answers.map((answer) => JSON.stringify(answer))].join("\n");
  for (const secret of [github.clientSecret, code, "ghu_"]) expect(all).not.toContain(secret);
  expect(lines.join("\n")).toContain("a person turned Remit's switch on the status page");
});

it("what all see is the same for all, and holds nobody's name or token", async () => {
  const { browser } = await signedShop();
  const bob = browser();
  await bob.signIn("bob");
  const csrf = await bob.csrf();
  const { text } = await bob.go("/status/content");
  expect(text).toBe((await browser().go("/status/content")).text);
  expect(text).not.toContain(csrf);
  expect(text).not.toContain("bob");
});

it("where it isn't configured there is nothing to sign in with", async () => {
  const { get, url } = await statusWorld();
  const { text, headers } = await get("/");
  expect(text).not.toMatch(/sign-in|<form|<button/);
  expect(headers.get("content-security-policy")).toContain("form-action 'none'");
  expect((await get("/sign-in")).status).toBe(404);
  expect((await fetch(`${url}/switch`, { method: "POST" })).status).toBe(404);
});
