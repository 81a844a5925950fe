import { expect, it } from "vitest";
import { goodVariables, writeConfig } from "../server/config/config-file.ts";
import { run } from "./run.ts";

it("--check says that a valid configuration is valid, and starts nothing", async () => {
  const { path } = writeConfig("logLevel: warn");
  expect(await run(["serve", "--check", "--config", path], goodVariables)).toEqual({
    code: 0,
    out: "The configuration is valid.\n",
    err: "",
  });
});

it("--check prints every mistake at once, with its place, and fails", async () => {
  const { path } = writeConfig("logLevel: loud\nstopp: true\n");
  const { code, out } = await run(["serve", "--check", "--config", path], {
    ...goodVariables,
    REMIT_GITHUB_APP_ID: "x",
  });
  expect(code).toBe(1);
  expect(out.trim().split("\n")).toEqual([
    expect.stringMatching(/remit\.yaml:1:11 logLevel: /),
    expect.stringMatching(/remit\.yaml:2:1 stopp: unknown key, did you mean stop\?$/),
    "environment REMIT_GITHUB_APP_ID: expected a whole number",
  ]);
});

it("--check --json is for programs", async () => {
  const { path } = writeConfig("logLevel: loud");
  const { code, out } = await run(["serve", "--check", "--json", "--config", path], goodVariables);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false, mistakes: [{ line: 1, column: 11, where: "logLevel" }] });
});

it("with a wrong configuration nothing is started, and every mistake is told", async () => {
  const { path } = writeConfig("logLevel: loud");
  const { code, err } = await run(["serve", "--config", path], {});
  expect(code).toBe(1);
  expect(err).toContain("remit.yaml:1:11 logLevel");
  expect(err).toContain("environment REMIT_WEBHOOK_SECRETS");
  expect(err).not.toContain("    at ");
});

it.each([
  ["a directory that can't be written", "/sys/remit", {}, /\/sys\/remit.*set dataDirectory/],
  [
    "a PostgreSQL that isn't there",
    "data",
    { DATABASE_URL: "postgres://remit:hunter2@127.0.0.1:1/shop" },
    /PostgreSQL, shop at 127\.0\.0\.1:1: .*ECONNREFUSED/,
  ],
])("with %s nothing is started, and it is said why, without a secret", async (_, directory, variables, message) => {
  const { path } = writeConfig(`dataDirectory: ${directory}`);
  const { code, out, err } = await run(["serve", "--config", path], { ...goodVariables, ...variables });
  expect(code).toBe(1);
  expect(err).toMatch(message);
  expect(out + err).not.toContain("hunter2");
});
