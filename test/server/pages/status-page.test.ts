import { expect, it } from "vitest";
import { alertmanagerFixture } from "../../signals/alertmanager-payload.ts";
import { alert, candidate, minute, remediation, t0, verdict } from "../../support/situation.ts";
import { atWork, recovered, unanswered } from "./sample-incidents.ts";
import { shopDashboard, shopStanding, source, statusWorld } from "./status-world.ts";

it("with nothing in it the page says that all is quiet", async () => {
  const { get } = await statusWorld();
  const { status, text } = await get("/");
  expect(status).toBe(200);
  expect(text).toContain("all quiet");
  expect(text).toContain("No incident is open.");
  expect(text).toContain("Nothing lately.");
});

it("an open incident is told with its state, its links, its change and its steps", async () => {
  const { get, save } = await statusWorld();
  await save(atWork());
  const { text } = await get("/");
  expect(text).toContain("1 incident at work");
  expect(text).toContain("Remit waits for the controller to apply it.");
  expect(text).toContain('href="https://github.example/acme/shop/issues/6"');
  expect(text).toContain('href="https://github.example/acme/shop/pull/7"');
  expect(text).toContain("4.1 % of checkout&#39;s requests fail");
  expect(text).toMatch(/class="removed">-\s+newTag: v1\.5\.0/);
  expect(text).toMatch(/class="added">\+\s+newTag: v1\.4\.2/);
  expect(text).toContain("granted merge by shop-rollback");
  const steps = [...text.matchAll(/data-event="(\w+)"/g)].map(([, event]) => event);
  expect(steps).toEqual(["opened", "planned", "proposed", "merged"]);
});

it("a change that isn't merged yet isn't told as one that is", async () => {
  const { get, save } = await statusWorld();
  const { incident, response } = atWork();
  await save({ incident, response: { ...response, remediations: [remediation()] } });
  const { text } = await get("/");
  expect(text).toMatch(/Not merged; on its branch as <a href="[^"]*\/commit\/c{40}"/);
  expect(text).not.toContain("Merged <time");
});

it("whom an incident waits for comes first, with why", async () => {
  const { get, save } = await statusWorld();
  await save(atWork());
  await save(unanswered());
  const { text } = await get("/");
  expect(
    [...text.matchAll(/<article[^>]* id="incident-[^>]*>\s*<h3[^>]*><span>([^<]*)/g)].map(([, name]) => name),
  ).toEqual(["payment/production", "checkout/production"]);
  expect(text).toContain("1 incident needs a person");
  expect(text).toMatch(/Waits for <b>carol, acme\/payments<\/b>/);
  expect(text).toContain("2 times by now");
  expect(text).toContain("nothing of payment changed in the last 6 h");
});

it("what is over stands below with its outcome and its change", async () => {
  const { get, save } = await statusWorld();
  await save(recovered());
  const { text } = await get("/");
  expect(text).toContain("No incident is open.");
  expect(text).toContain('data-state="recovered"');
  expect(text).toContain("Over: the service recovered after Remit&#39;s change.");
  expect(text).toContain("roll back cart in production to v2.0.7");
});

it("what Remit may do, and what keeps it from doing so, is told by repository", async () => {
  const stop = { file: true, issue: 12, environment: false };
  const window = { until: t0 + 60 * minute, reason: "sale", environments: ["production"], services: ["*"] };
  const dashboard = shopDashboard({ stop, windows: [window] });
  const { get } = await statusWorld(() => shopStanding({}, dashboard));
  const { text } = await get("/");
  expect(text).toContain("stopped in 1 repository");
  expect(text).toContain('href="https://github.example/acme/shop/issues/12"');
  expect(text).toContain(".github/remit/STOP");
  expect(text).toContain("sale");
  expect(text).toMatch(/<code>checkout<\/code> <code>cart<\/code> <code>catalog<\/code>/);
  expect(text).toContain('class="pill tier-merge">merge');
});

it("a repository that isn't cloned, or can't be read, is told as such", async () => {
  const unread = { dashboard: undefined, stopLookedAt: undefined };
  const repositories = [
    { repository: "acme/new", fetchedAt: undefined, ...unread },
    { repository: "acme/broken", fetchedAt: t0, ...unread },
  ];
  const { get } = await statusWorld(() => shopStanding({ repositories }));
  const { text } = await get("/");
  expect(text).toContain("Not cloned yet");
  expect(text).toContain("can&#39;t be read at the moment");
});

it("Remit's own health is told: queue, inbox, sources, what GitHub allows, clones, model, version", async () => {
  const { get, store, hooks, clock, later } = await statusWorld();
  await store.queue.add("late", clock.now() - 5 * minute);
  const common = { source: "prom", type: "alertmanager", event: "", body: "{}", receivedAt: clock.now() };
  const { id } = await store.inbox.accept({ ...common, dedupeKey: "a" });
  await store.inbox.fail(id, "unreadable", undefined);
  expect((await get("/")).text).toMatch(/<td>prom<\/td>\s*<td>alertmanager<\/td>\s*<td>never<\/td>/);
  const send = (token: string) =>
    fetch(`${hooks}/hooks/alertmanager/${source.name}`, {
      method: "POST",
      body: JSON.stringify(alertmanagerFixture()),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
  expect((await send("wrong")).status).toBe(401);
  later();
  expect((await get("/")).text).toMatch(/<td>prom<\/td>\s*<td>alertmanager<\/td>\s*<td>never<\/td>/);
  expect((await get("/")).text).toContain("1 parked, work waits");
  // It is worked off at once, and wakes whatever waits.
  expect((await send("token")).status).toBe(202);
  later();
  const { text } = await get("/");
  expect(text).toMatch(/<td>prom<\/td>\s*<td>alertmanager<\/td>\s*<td><time datetime="2026-11-20T10:30:11/);
  expect(text).toContain("4871 of 5000");
  expect(text).toContain("none, none is needed");
  expect(text).toMatch(/<dt>Version<\/dt><dd>\d+\.\d+\.\d+/);
});

it("how it went is shown by week, for all and for each repository, and nothing where there is nothing", async () => {
  const { get, save, later } = await statusWorld();
  const empty = await get("/");
  expect(empty.text).not.toMatch(/<svg|How it went|id="trends"/);
  await save(recovered());
  later(61_000);
  const one = (await get("/")).text;
  expect(one).toContain('<a href="#trends">How it went</a>');
  expect(one).toContain("2026-11-16: 1 recovered by Remit.");
  expect(one).toMatch(/<th scope="row">2026-11-16<\/th>\s*<td>1<\/td><td>0<\/td>/);
  expect(one).not.toContain('id="trend-0-of"');
  const { incident, response } = atWork();
  await save({ incident: { ...incident, repository: "acme/<other>" }, response });
  later(61_000);
  const two = (await get("/")).text;
  expect(two).toMatch(/id="trend-0-of">\s*<summary>acme\/&lt;other&gt;<\/summary>/);
  expect(two).toMatch(/id="trend-1-of">\s*<summary>acme\/shop<\/summary>/);
  expect(two).toContain("2026-11-16: 1 recovered by Remit, 1 still open.");
});

it("what the watchdog finds is told on the page, in the metric and by the probe at once", async () => {
  const { get, store, clock, hooks, later } = await statusWorld();
  const inbox = async () =>
    (await get("/metrics")).text.match(/^remit_watchdog_trouble\{kind="inbox-stuck"\} .*/m)?.[0];
  expect(await inbox()).toBe('remit_watchdog_trouble{kind="inbox-stuck"} 0');
  expect((await get("/")).text).not.toContain("broken");
  const common = { source: "prom", type: "alertmanager", event: "", body: "{}" };
  await store.inbox.accept({ ...common, dedupeKey: "a", receivedAt: clock.now() - 16 * minute });
  const { id } = await store.inbox.accept({ ...common, dedupeKey: "b", receivedAt: clock.now() });
  await store.inbox.fail(id, "unreadable", undefined);
  expect(await inbox()).toBe('remit_watchdog_trouble{kind="inbox-stuck"} 1');
  expect((await get("/metrics")).text).toContain(
    'remit_watchdog_trouble{kind="deliveries-parked",source="prom",repository="acme/shop"} 1',
  );
  later(1_001);
  const { text } = await get("/");
  expect(text).toContain("1 thing is broken, 1 parked");
  expect(text).toMatch(/Deliveries wait that Remit couldn&#39;t work off yet.*<code>inbox-stuck<\/code>/s);
  const probed = '{"status":"ready","troubles":["inbox-stuck","deliveries-parked"]}';
  expect((await get("/readyz")).text).toBe(probed);
  // Whoever can send a webhook reads the kinds, and no names.
  expect(await (await fetch(`${hooks}/readyz`)).text()).toBe(probed);
  expect(JSON.parse((await get("/api/status")).text)).toMatchObject({ troubles: [{ kind: "inbox-stuck" }, {}] });
});

it("a worker that is silent is what the page says first", async () => {
  const { get, later } = await statusWorld();
  expect((await get("/")).text).not.toContain("the worker is silent");
  later(60_001);
  expect((await get("/")).text).toContain("the worker is silent");
});

it("nothing that others wrote becomes markup, an address or an invisible sign", async () => {
  const bad = `"><img src=x onerror=alert(1)><script>alert(2)</script>'\`<b>\u202e\u200bjavascript:alert(3)`;
  const { get, save } = await statusWorld(() =>
    shopStanding(
      {},
      shopDashboard({ windows: [{ until: undefined, reason: bad, environments: [bad], services: [bad] }] }),
    ),
  );
  const { incident, response } = atWork();
  const reason = { code: "grant" as const, message: bad };
  const change = remediation({
    candidate: candidate({ title: bad, files: [{ path: bad, before: `${bad}\n`, after: "x\n" }] }),
    verdict: verdict("merge", { operands: [{ name: "grant", tier: "merge", reason }] }),
    merged: { at: t0, commit: bad },
    ended: { at: t0, outcome: "recovered", reason },
  });
  const hostile = {
    incident: {
      ...incident,
      repository: `acme/${bad}`,
      id: bad,
      target: { service: bad, environment: bad, namespace: bad },
      alerts: [alert({ source: bad, labels: { alertname: bad }, annotations: { summary: bad } })],
    },
    response: {
      ...response,
      remediations: [change],
      timeline: [{ at: t0, event: bad, message: bad }],
      asked: { held: { by: bad, at: t0, until: undefined } },
      escalated: { at: t0, reasons: [reason], answered: { by: bad, at: t0 } },
    },
  };
  await save(hostile);
  await save({
    ...hostile,
    incident: { ...hostile.incident, id: "over", target: { ...hostile.incident.target, service: "over" } },
    response: { ...hostile.response, closed: { at: t0, outcome: "handed-off" as const, reasons: [reason] } },
  });
  for (const path of ["/", "/status/content"]) {
    const { text } = await get(path);
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(text).not.toMatch(/<img|<b>\W*javascript|[\u202e\u200b]/);
    expect([...text.matchAll(/<script\b[^>]*>/g)].map(String)).toEqual(
      path === "/" ? ['<script src="/status/script.js" defer>'] : [],
    );
    const names = new Set([...text.matchAll(/\shref="([^"]*)"/g)].map(([, href = ""]) => href.replace(/[^:]*$/, "")));
    expect([...names].filter((scheme) => !["", "https:", "data:"].includes(scheme))).toEqual([]);
    expect(text).not.toMatch(/\son\w+="/);
  }
});

it("allows nothing but its own style sheet and script", async () => {
  const { get } = await statusWorld();
  const { headers, text } = await get("/");
  expect(headers.get("content-security-policy")).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(text).not.toMatch(/style="|<style|<form|<button/);
  for (const [, path = ""] of text.matchAll(/(?:src|href)="(\/status\/[^"]+)"/g)) {
    expect((await get(path)).status).toBe(200);
  }
});

it("what didn't change isn't sent again, and what did is", async () => {
  const { get, save, later } = await statusWorld();
  const first = await get("/status/content");
  const tag = first.headers.get("etag") ?? "";
  expect((await get("/")).text).toContain(`data-tag="${tag.replaceAll('"', "&quot;")}"`);
  later(1_001);
  const same = await get("/status/content", { "If-None-Match": tag });
  expect(same).toMatchObject({ status: 304, text: "" });
  await save(atWork());
  later(1_001);
  const changed = await get("/status/content", { "If-None-Match": tag });
  expect(changed.status).toBe(200);
  expect(changed.text).toContain("checkout/production");
});

it("however many watch, the store is asked once a second", async () => {
  let asked = 0;
  const { get, later } = await statusWorld(() => {
    asked += 1;
    return shopStanding();
  });
  await Promise.all(Array.from({ length: 20 }, () => get("/status/content")));
  expect(asked).toBe(1);
  later();
  await get("/");
  expect(asked).toBe(2);
});
