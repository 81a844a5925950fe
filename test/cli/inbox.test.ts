import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { run } from "./run.ts";

/** A directory with one pending delivery (1) and two parked ones (2, 3). */
async function withDeliveries(): Promise<string> {
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  for (const dedupeKey of ["a", "b", "c"]) {
    const body = `{"escape":"\u001b[2J"}`;
    await store.inbox.accept({ source: "prom", type: "alertmanager", event: "", dedupeKey, body, receivedAt: 0 });
  }
  for (const id of ["2", "3"]) await store.inbox.fail(id, "GitHub doesn't know the repository", undefined);
  await store.close();
  return directory;
}

it("list shows deliveries with their state and error", async () => {
  const data = await withDeliveries();
  const { code, out } = await run(["inbox", "list", "--data", data]);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      "3  1970-01-01T00:00:00.000Z  parked  prom  alertmanager  attempts 0: GitHub doesn't know the repository",
      "2  1970-01-01T00:00:00.000Z  parked  prom  alertmanager  attempts 0: GitHub doesn't know the repository",
      "1  1970-01-01T00:00:00.000Z  pending  prom  alertmanager  attempts 0",
      "1 pending, 2 parked, 0 done",
      "",
    ].join("\n"),
  );
  const parked = await run(["inbox", "list", "--data", data, "--state", "parked", "--limit", "1", "--json"]);
  expect(JSON.parse(parked.out)).toMatchObject([{ id: "3", state: "parked" }]);
  expect(parked.out).not.toContain("body");
});

it("show prints what was delivered, with its control characters made visible", async () => {
  const { code, out } = await run(["inbox", "show", "2", "--data", await withDeliveries()]);
  expect(code).toBe(0);
  expect(out).toContain('{"escape":"\\u001b[2J"}');
});

it("replay makes parked deliveries due again", async () => {
  const data = await withDeliveries();
  expect(await run(["inbox", "replay", "2", "--data", data])).toMatchObject({ code: 0, out: "1 due again\n" });
  expect(await run(["inbox", "replay", "--parked", "--data", data])).toMatchObject({ code: 0, out: "1 due again\n" });
  expect(await run(["inbox", "replay", "99", "--data", data])).toMatchObject({ code: 1 });
  expect((await run(["inbox", "list", "--data", data])).out).toContain("3 pending, 0 parked, 0 done");
});

it.each([
  [["replay"], "replay takes ids or --parked"],
  [["show"], "show takes one id"],
  [["show", "99"], "no delivery 99"],
  [["list", "--state", "lost"], "--state is pending, parked or done"],
  [["list", "--limit", "0"], "--limit is a number above 0"],
])("%j is a usage error", async (argv, message) => {
  const { code, err } = await run(["inbox", ...argv, "--data", await withDeliveries()]);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

it("the directory comes from the configuration, for which no secret is needed", async () => {
  const data = await withDeliveries();
  const config = join(temporaryDirectory(), "remit.yaml");
  writeFileSync(config, `dataDirectory: ${data}\n`);
  expect((await run(["inbox", "list"], { REMIT_CONFIG: config })).code).toBe(0);
  writeFileSync(config, "dataDirektory: x\n");
  expect(await run(["inbox", "list", "--config", config])).toMatchObject({
    code: 1,
    err: expect.stringContaining("did you mean dataDirectory?"),
  });
});

it("a directory without data is an error, and is left as it was", async () => {
  const data = join(temporaryDirectory(), "empty");
  expect(await run(["inbox", "list", "--data", data])).toMatchObject({
    code: 1,
    err: expect.stringContaining("holds no data of Remit"),
  });
});

it("incidents of an empty store are none, in words and as JSON", async () => {
  const data = await withDeliveries();
  expect((await run(["incidents", "--data", data])).out).toBe("no incidents\n");
  expect((await run(["incidents", "list", "--json", "--data", data])).out).toBe("[]\n");
  expect(await run(["incidents", "show", "x", "--data", data])).toMatchObject({ code: 2 });
});
