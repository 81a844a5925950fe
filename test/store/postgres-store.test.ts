import { expect, it, onTestFinished } from "vitest";
import { openPostgresStore } from "../../src/store/postgres-store.ts";
import { describePostgres } from "../support/postgres/describe-postgres.ts";
import { freshDatabase } from "../support/postgres/fresh-database.ts";
import { storeContract } from "./store-contract.ts";
import { delivery } from "./store-fixtures.ts";

describePostgres("PostgreSQL", () => {
  const database = freshDatabase();
  const open = async (url = database.url) => {
    const store = await openPostgresStore({ url });
    onTestFinished(() => store.close());
    return store;
  };

  storeContract("PostgreSQL", async () => {
    await database.clear();
    return openPostgresStore({ url: database.url });
  });

  it("replicas that start at the same moment make one schema, and all of them work", async () => {
    await database.clear();
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
    const answers = await Promise.all(stores.map((store) => store.inbox.accept(delivery("a"))));
    expect(answers.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
    expect(await database.rows("SELECT version FROM remit.schema_version")).toHaveLength(1);
  });

  it("what was accepted is there after a restart", async () => {
    await database.clear();
    const before = await openPostgresStore({ url: database.url });
    const { id } = await before.inbox.accept(delivery("a"));
    await before.close();
    expect(await (await open()).inbox.accept(delivery("a"))).toEqual({ outcome: "duplicate", id });
  });

  it("a schema of a newer Remit is refused and left as it was", async () => {
    await database.clear();
    await open();
    await database.rows("UPDATE remit.schema_version SET version = 99");
    await expect(open()).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringContaining("Upgrade Remit"),
    });
    expect(await database.rows("SELECT version FROM remit.schema_version")).toEqual([{ version: 99 }]);
  });

  it("a server that answers before it is durable is refused", async () => {
    const url = `${database.url}?options=-c%20synchronous_commit%3Doff`;
    await expect(open(url)).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringContaining("synchronous_commit"),
    });
  });
});
