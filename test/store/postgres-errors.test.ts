import { inspect } from "node:util";
import { pino } from "pino";
import { expect, it } from "vitest";
import { createLog } from "../../src/server/create-log.ts";
import { openPostgresStore } from "../../src/store/postgres-store.ts";
import { describePostgres } from "../support/postgres/describe-postgres.ts";
import { freshDatabase } from "../support/postgres/fresh-database.ts";

const password = "hunter2 & s3cret/±";

/** Everything that a person or a log could ever see of an error. */
function everythingOf(error: unknown): string {
  const lines: string[] = [];
  createLog("debug", { write: (line: string) => void lines.push(line) }).error({ error }, "failed");
  pino({}, { write: (line: string) => void lines.push(line) }).error(error, "failed");
  return [inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error), ...lines].join("\n");
}

async function failure(url: string): Promise<unknown> {
  return openPostgresStore({ url }).then(
    () => {
      throw new Error("it opened");
    },
    (error: unknown) => error,
  );
}

function withSecret(url: string, change: (url: URL) => void): string {
  const changed = new URL(url);
  changed.password = password;
  change(changed);
  return changed.href;
}

it.each([
  ["postgres://user:hunter2@[db/remit", "expected postgres://user:password@host:port/database"],
  ["mysql://remit:hunter2@db/remit", "expected postgres://user:password@host:port/database"],
  ["hunter2 & s3cret/±", "expected postgres://user:password@host:port/database"],
])("the URL %j is refused without being repeated", async (url, message) => {
  const error = await failure(url);
  expect(error).toMatchObject({ code: "config-invalid", message: expect.stringContaining(message) });
  expect(everythingOf(error)).not.toContain("hunter2");
});

it("a server that isn't there is an error that says where it was sought, and no secret", async () => {
  const error = await failure(withSecret("postgres://remit@127.0.0.1:1/shop", () => {}));
  expect(error).toMatchObject({
    code: "store-failed",
    message: expect.stringMatching(/^PostgreSQL, shop at 127\.0\.0\.1:1: .*ECONNREFUSED.*tries again/),
  });
  expect(everythingOf(error)).not.toMatch(/hunter2|s3cret/);
});

describePostgres("against a real server", () => {
  const database = freshDatabase();

  it("a wrong password is an error that says what to check, and no secret", async () => {
    const error = await failure(withSecret(database.url, () => {}));
    expect(error).toMatchObject({ code: "store-failed", message: expect.stringContaining("Check the user") });
    expect(everythingOf(error)).not.toMatch(/hunter2|s3cret/);
  });

  it("a database that doesn't exist is an error that says so, and no secret", async () => {
    const url = new URL(database.url);
    url.pathname = "/nowhere";
    const error = await failure(url.href);
    expect(error).toMatchObject({ code: "store-failed", message: expect.stringContaining("Create the database") });
    expect(everythingOf(error)).not.toContain(url.password);
  });

  it("a user who may create nothing is told what is needed", async () => {
    await database.clear();
    await database.rows("CREATE ROLE remit_nobody LOGIN PASSWORD 'hunter2'").catch(() => []);
    const url = withSecret(database.url, (changed) => {
      changed.username = "remit_nobody";
      changed.password = "hunter2";
    });
    const error = await failure(url);
    await database.rows("DROP ROLE remit_nobody");
    expect(error).toMatchObject({ code: "store-failed", message: expect.stringContaining("CREATE on the database") });
    expect(everythingOf(error)).not.toContain("hunter2");
  });
});
