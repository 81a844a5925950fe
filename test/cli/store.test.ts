import { expect, it, onTestFinished } from "vitest";
import { main } from "../../src/cli/main.ts";
import { openPostgresStore } from "../../src/store/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { delivery, ids, incident, response, sync, taken } from "../store/store-fixtures.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { describePostgres } from "../support/postgres/describe-postgres.ts";
import { freshDatabase } from "../support/postgres/fresh-database.ts";
import { run } from "./run.ts";

const alert = { fingerprint: "f", startsAt: 5, status: "firing" } as const;

/** Something of everything: all states of a delivery, held and waiting work, more rows than one page has. */
async function filled(): Promise<string> {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  for (const key of ["done", "parked", "failed", "taken"])
    await store.inbox.accept(delivery(key, { sightings: [alert] }));
  await store.inbox.done("1", 1);
  await store.inbox.fail("2", "no service", undefined);
  await store.inbox.fail("3", "no answer", 9_000);
  await Promise.all(Array.from({ length: 1_100 }, (_, number) => store.inbox.accept(delivery(`waiting ${number}`))));
  await store.inbox.accept(delivery("done", { receivedAt: 300 }));
  const closed = { ...response, closed: { at: 9, outcome: "recovered", reasons: [] } } as const;
  await store.incidents.save({ incident: incident("open"), response, version: 0 });
  await store.incidents.save({ incident: incident("open"), response, version: 1 });
  await store.incidents.save({ incident: incident("over"), response: closed, version: 0 });
  for (let at = 0; at < 3; at += 1) await store.syncs.record(sync({ observedAt: at }));
  await store.settings.set("installation:acme/shop", "7");
  await store.queue.add("held", 1, "shop");
  await store.queue.add("waits", 50, "shop");
  await store.queue.add("failed", 2);
  expect((await taken(store, 10)).key).toBe("held");
  await store.queue.fail(await taken(store, 10), "no answer", 700);
  await store.close();
  return directory;
}

/** Everything that can be asked of a store, but for what it does when it is used. */
async function contentOf(store: Store) {
  const deliveries = await store.inbox.list({ limit: 10_000 });
  return {
    deliveries: deliveries.map(({ id: _, ...rest }) => rest),
    notified: await store.inbox.lastNotified({ source: "prod", ...alert }),
    incidents: await store.incidents.list(100),
    open: ids(await store.incidents.open()),
    syncs: await store.syncs.list("acme/shop", 0),
    setting: await store.settings.get("installation:acme/shop"),
    size: await store.queue.size(),
  };
}

async function fromDirectory(directory: string) {
  const store = await openSqliteStore({ directory });
  onTestFinished(() => store.close());
  return store;
}

it.each<[readonly string[], number, string]>([
  [["store"], 2, "expected copy"],
  [["store", "copy"], 2, "--from is missing"],
  [["store", "copy", "--from", "sqlite:/nowhere"], 2, "--to is missing, and DATABASE_URL isn't set"],
  [["store", "copy", "--from", "mysql://u:hunter2@db/x", "--to", "sqlite:x"], 2, "--from is sqlite:DIR or postgres://"],
  [["store", "copy", "--from", "sqlite:/nowhere", "--to", "sqlite:x"], 1, "/nowhere holds no data of Remit"],
  [["store", "copy", "--from", "postgres://u:hunter2@127.0.0.1:1/x", "--to", "sqlite:x"], 1, "x at 127.0.0.1:1"],
])("%j ends with %i", async (argv, code, message) => {
  const ran = await run(argv);
  expect(ran).toMatchObject({ code, err: expect.stringContaining(message) });
  expect(ran.out + ran.err).not.toContain("hunter2");
});

it("an interrupted copy says how to go on, and going on adds what is missing", async () => {
  const from = await filled();
  const to = temporaryDirectory();
  const argv = ["store", "copy", "--from", `sqlite:${from}`, "--to", `sqlite:${to}`];
  const stop = new AbortController();
  let shown = "";
  const write = (text: string) => {
    shown += text;
    if (/\] 5\d\d\//.test(text)) stop.abort();
  };
  const stderr = { write, isTTY: true };
  expect(await main(argv, { stdout: { write }, stderr, env: {}, signal: stop.signal })).toBe(1);
  expect(shown).toMatch(/\[#+-+\] 5\d\d\/11\d\d/);
  expect(shown).toContain("--merge");
  expect((await run([...argv, "--merge"])).code).toBe(0);
  expect(await contentOf(await fromDirectory(to))).toEqual(await contentOf(await fromDirectory(from)));
});

describePostgres("with PostgreSQL", () => {
  const database = freshDatabase();
  const env = { DATABASE_URL: database.url };
  const postgres = async () => {
    const store = await openPostgresStore({ url: database.url });
    onTestFinished(() => store.close());
    return store;
  };

  it("everything goes from SQLite to PostgreSQL and back, counted, and without the password", async () => {
    await database.clear();
    const from = await filled();
    const there = await run(["store", "copy", "--from", `sqlite:${from}`, "--json"], env);
    expect(there).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(there.out)).toMatchObject({
      from: expect.stringMatching(/^SQLite, .*remit\.sqlite$/),
      to: expect.stringMatching(/^PostgreSQL, remit_test_/),
      tables: {
        inbox: { read: 1_104, added: 1_104 },
        incidents: { read: 2, added: 2 },
        work: { read: 3, added: 3 },
        syncs: { read: 3, added: 3 },
        settings: { read: 1, added: 1 },
        alert_sightings: { read: 1, added: 1 },
      },
    });
    const original = await contentOf(await fromDirectory(from));
    expect(await contentOf(await postgres())).toEqual(original);
    const back = temporaryDirectory();
    const { code, out } = await run(["store", "copy", "--from", database.url, "--to", `sqlite:${back}/remit.sqlite`]);
    expect(code).toBe(0);
    expect(out).toMatch(/^inbox +1104 copied$/m);
    expect(there.out + out).not.toContain(new URL(database.url).password);
    expect(await contentOf(await fromDirectory(back))).toEqual(original);
  });

  it("the copy works on: new deliveries get new ids, and nobody holds what was held", async () => {
    await database.clear();
    await run(["store", "copy", "--from", `sqlite:${await filled()}`], env);
    const store = await postgres();
    expect(await store.inbox.accept(delivery("new"))).toMatchObject({ outcome: "stored" });
    expect((await store.inbox.accept(delivery("parked"))).outcome).toBe("duplicate");
    const items = [
      await store.queue.take(110, 100),
      await store.queue.take(110, 100),
      await store.queue.take(700, 100),
    ];
    expect(items.map((item) => item?.key)).toEqual(["waits", undefined, "waits"]);
  });

  it("a store that isn't empty is refused unless told, and then only what is missing is added", async () => {
    await database.clear();
    const argv = ["store", "copy", "--from", `sqlite:${await filled()}`];
    const store = await postgres();
    await store.inbox.accept(delivery("theirs"));
    await store.settings.set("installation:acme/shop", "8");
    expect(await run(argv, env)).toMatchObject({ code: 1, err: expect.stringContaining("--merge") });
    expect((await run([...argv, "--merge"], env)).out).toMatch(/^settings +0 copied, 1 were there already$/m);
    expect((await run([...argv, "--merge"], env)).out).toMatch(/^inbox +0 copied, 1104 were there already$/m);
    expect(await store.settings.get("installation:acme/shop")).toBe("8");
    expect((await store.inbox.list({ limit: 5_000 })).length).toBe(1_105);
  });

  it("the commands that look into the store look into this one", async () => {
    await database.clear();
    await (await postgres()).inbox.accept(delivery("a"));
    expect((await run(["inbox", "list"], env)).out).toContain("1 pending, 0 parked, 0 done");
    expect((await run(["incidents", "list"], env)).out).toBe("no incidents\n");
  });
});
