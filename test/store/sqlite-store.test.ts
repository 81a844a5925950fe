import { chmodSync, closeSync, mkdirSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { SqliteDatabase } from "../../src/store/sqlite-database.ts";
import { SqliteInbox } from "../../src/store/sqlite-inbox.ts";
import { migrate } from "../../src/store/sqlite-migrations.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { storeContract } from "./store-contract.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

storeContract("SQLite", () => openSqliteStore({ directory: temporaryDirectory() }));

const delivery = { source: "s", type: "alertmanager", event: "", dedupeKey: "k", body: "{}", receivedAt: 1 };

it("what was accepted is there after a restart", async () => {
  const directory = temporaryDirectory();
  const before = await openSqliteStore({ directory });
  const { id } = await before.inbox.accept(delivery);
  await before.close();
  const after = await openSqliteStore({ directory });
  expect(await after.inbox.accept(delivery)).toEqual({ outcome: "duplicate", id });
  await after.close();
});

it("what is being accepted when the store closes is stored before it closes", async () => {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  const accepted = store.inbox.accept(delivery);
  await store.close();
  expect((await accepted).outcome).toBe("stored");
});

it("accepting after the close is an error, not a silence", async () => {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  await store.close();
  await expect(store.inbox.accept(delivery)).rejects.toMatchObject({ code: "store-failed" });
});

it("what is done isn't read when the next delivery is taken, nor when the parked ones are listed", async () => {
  const database = new SqliteDatabase(temporaryDirectory());
  migrate(database);
  const asked: string[] = [];
  const inbox = new SqliteInbox(
    new Proxy(database, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (name === "row" || name === "rows") asked.push(String(args[0]));
          return Reflect.apply(value, target, args);
        };
      },
    }),
  );
  await inbox.take(1, 1);
  await inbox.list({ state: "parked" });
  const values = (sql: string) => [...new Set(sql.match(/\?\d/g) ?? sql.split("?").slice(1))].map(() => 1);
  const plans = asked.map((sql) => database.rows(`EXPLAIN QUERY PLAN ${sql}`, ...values(sql)));
  expect(plans).toHaveLength(2);
  for (const plan of plans) {
    expect(JSON.stringify(plan)).toMatch(/USING (COVERING )?INDEX inbox_/);
    expect(JSON.stringify(plan)).not.toMatch(/SCAN inbox/);
  }
  database.close();
});

it("a commit is durable: write-ahead log, synchronous=FULL, in a directory for this user only", () => {
  const directory = join(temporaryDirectory(), "data");
  const database = new SqliteDatabase(directory);
  expect(database.row("PRAGMA journal_mode")).toEqual({ journal_mode: "wal" });
  expect(database.row("PRAGMA synchronous")).toEqual({ synchronous: 2 });
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  database.close();
});

it("a file that isn't a database is named in the error, with what to do", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "remit.sqlite"), "hello ".repeat(1_000));
  await expect(openSqliteStore({ directory })).rejects.toMatchObject({
    code: "store-failed",
    message: expect.stringMatching(/remit\.sqlite: file is not a database.*move it away/),
  });
});

it("a damaged file is an error that names it", async () => {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  for (let number = 0; number < 50; number += 1) {
    await store.inbox.accept({ ...delivery, dedupeKey: String(number), body: "x".repeat(4_000) });
  }
  await store.close();
  truncateSync(join(directory, "remit.sqlite"), 20_000);
  const damaged = { code: "store-failed", message: expect.stringMatching(/remit\.sqlite: .*malformed.*move it away/) };
  await expect(openSqliteStore({ directory })).rejects.toMatchObject(damaged);
});

it("a page that was overwritten is found before anything is built on it", async () => {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  for (let number = 0; number < 50; number += 1) {
    await store.inbox.accept({ ...delivery, dedupeKey: String(number), body: "x".repeat(4_000) });
  }
  await store.close();
  const file = openSync(join(directory, "remit.sqlite"), "r+");
  writeSync(file, Buffer.alloc(9_000, 0xa5), 0, 9_000, 100_000);
  closeSync(file);
  const damaged = { code: "store-failed", message: expect.stringMatching(/remit\.sqlite: .*malformed.*move it away/) };
  await expect(openSqliteStore({ directory })).rejects.toMatchObject(damaged);
});

it("a file in the place of the directory is an error that names it", async () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  await expect(openSqliteStore({ directory: file })).rejects.toMatchObject({
    code: "store-failed",
    message: expect.stringContaining("set dataDirectory"),
  });
});

it.skipIf(process.getuid?.() === 0)("a read-only directory is an error that names it", async () => {
  const directory = join(temporaryDirectory(), "read-only");
  mkdirSync(directory);
  chmodSync(directory, 0o500);
  await expect(openSqliteStore({ directory })).rejects.toMatchObject({
    code: "store-failed",
    message: expect.stringContaining("set dataDirectory"),
  });
});

it("a file system that can't be written is an error that names it", async () => {
  await expect(openSqliteStore({ directory: "/sys/remit" })).rejects.toMatchObject({
    code: "store-failed",
    message: expect.stringMatching(/\/sys\/remit.*set dataDirectory/),
  });
});

it("a file of a newer Remit is refused and left as it was", async () => {
  const directory = temporaryDirectory();
  await (await openSqliteStore({ directory })).close();
  const database = new DatabaseSync(join(directory, "remit.sqlite"));
  database.exec("PRAGMA user_version = 99");
  database.close();
  await expect(openSqliteStore({ directory })).rejects.toMatchObject({
    code: "store-failed",
    message: expect.stringContaining("Upgrade Remit"),
  });
});
