import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { startGitHub } from "../../src/sandbox/github/start-github.ts";
import { assemble } from "../../src/server/assemble.ts";
import { defaultRetention } from "../../src/server/config/retention.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { TestClock } from "../support/test-clock.ts";

const start = Date.parse("2026-11-20T10:00:00Z");

test("a repository that can't be opened keeps no other from being looked at", async () => {
  const directory = temporaryDirectory();
  const clock = new TestClock(start);
  const github = await startGitHub({
    directory: join(directory, "github"),
    repository: "acme/shop",
    clock,
    initial: shopHistory(start, "merge"),
  });
  const source = (repository: string) =>
    ({ name: repository, type: "alertmanager", repository, environments: undefined, tokens: [] }) as const;
  const failed: object[] = [];
  const assembly = await assemble(
    {
      github: {
        appId: github.appId,
        privateKey: new Secret(github.privateKey),
        apiUrl: github.apiUrl,
        webhookSecrets: [new Secret("unused")],
      },
      listen: { host: "127.0.0.1", port: 0 },
      admin: { host: "127.0.0.1", port: 0 },
      publicUrl: undefined,
      dataDirectory: join(directory, "data"),
      database: undefined,
      retention: defaultRetention,
      logLevel: "error",
      stop: false,
      response: defaultSettings,
      mergeMethod: "squash",
      sources: [source("acme/gone"), source("acme/shop")],
      registries: [],
      policySigning: undefined,
      modelApiKey: undefined,
    },
    {
      clock,
      throttle: false,
      log: { info: () => {}, warn: () => {}, error: (fields) => void failed.push(fields) },
    },
  );
  onTestFinished(async () => {
    await assembly.close();
    await github.close();
  });
  await assembly.endLeases?.();
  expect(failed).toMatchObject([{ repository: "acme/gone" }]);
  // To be looked at it was cloned.
  expect(readdirSync(join(directory, "data", "mirrors"))).toContainEqual(expect.stringMatching(/^acme_shop-/));
});
