/** Everything that `serve` runs, put together over GitHub's stand-in and a shop that may merge. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { startGitHub } from "../../src/sandbox/github/start-github.ts";
import { type AssembleOptions, assemble } from "../../src/server/assemble.ts";
import type { Config } from "../../src/server/config/config.ts";
import { defaultRetention } from "../../src/server/config/retention.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { TestClock } from "../support/test-clock.ts";

export async function assembledShop(start: number, config: Partial<Config>, log: AssembleOptions["log"]) {
  const directory = temporaryDirectory();
  const clock = new TestClock(start);
  const github = await startGitHub({
    directory: join(directory, "github"),
    repository: "acme/shop",
    clock,
    initial: shopHistory(start, "merge"),
  });
  const { appId, apiUrl } = github;
  const secrets = { privateKey: new Secret(github.privateKey), webhookSecrets: [new Secret("unused")] };
  const assembly = await assemble(
    {
      github: { appId, apiUrl, ...secrets },
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
      sources: [],
      registries: [],
      policySigning: undefined,
      modelApiKey: undefined,
      ...config,
    },
    { clock, throttle: false, ...(log === undefined ? {} : { log }) },
  );
  onTestFinished(async () => {
    await assembly.close();
    await github.close();
  });
  return { github, assembly, clock, mirrors: join(directory, "data", "mirrors") };
}
