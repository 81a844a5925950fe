/** Everything that `serve` runs, put together over GitHub's stand-in and a shop that may merge. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { type GitHubOptions, startGitHub } from "../../src/sandbox/github/start-github.ts";
import { type AssembleOptions, assemble } from "../../src/server/assemble.ts";
import type { Assembly } from "../../src/server/assembly.ts";
import type { Config } from "../../src/server/config/config.ts";
import { defaultRetention } from "../../src/server/config/retention.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { TestClock } from "../support/test-clock.ts";

export async function assembledShop(
  start: number,
  config: Partial<Config>,
  log: AssembleOptions["log"],
  given: Partial<GitHubOptions> = {},
) {
  const directory = temporaryDirectory();
  const clock = new TestClock(start);
  const github = await startGitHub({
    directory: join(directory, "github"),
    repository: "acme/shop",
    clock,
    initial: shopHistory(start, "merge"),
    ...given,
  });
  const { appId, apiUrl } = github;
  const secrets = { privateKey: new Secret(github.privateKey), webhookSecrets: [new Secret("unused")] };
  /** A process of Remit: what it stores is in `data`. */
  const run = (data: string) =>
    assemble(
      {
        github: { appId, apiUrl, ...secrets },
        listen: { host: "127.0.0.1", port: 0 },
        admin: { host: "127.0.0.1", port: 0 },
        publicUrl: undefined,
        dataDirectory: join(directory, data),
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
  const assembly = await run("data");
  const others: Assembly[] = [];
  onTestFinished(async () => {
    for (const each of [assembly, ...others]) await each.close();
    await github.close();
  });
  /** Another one over the same GitHub, with a store of its own. */
  const another = async () => {
    const made = await run(`data-${others.length}`);
    others.push(made);
    return made;
  };
  return { github, assembly, another, clock, mirrors: join(directory, "data", "mirrors") };
}
