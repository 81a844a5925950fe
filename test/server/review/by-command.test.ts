import { expect, it } from "vitest";
import { run } from "../../cli/run.ts";
import { writeConfig } from "../config/config-file.ts";
import { abstained, reviewedShop } from "./reviewed-shop.ts";

it("remit audit review --write writes the issue that the server would write, once, and none of a month that isn't over", {
  timeout: 120_000,
}, async () => {
  const { record, at, github, look, issues, clock } = await reviewedShop();
  await record(...abstained);
  // The command has the machine's clock, and signs by it.
  at(new Date().toISOString());
  const { path } = writeConfig(`github: {apiUrl: "${github.apiUrl}"}\n`);
  const secrets = {
    REMIT_GITHUB_APP_ID: String(github.appId),
    REMIT_GITHUB_PRIVATE_KEY: github.privateKey,
    REMIT_WEBHOOK_SECRETS: "unused",
  };
  const write = (month: string, more: readonly string[] = [], env: Readonly<Record<string, string>> = secrets) =>
    run(
      ["audit", "review", "--month", month, "--write", "acme/shop", "--config", path]
        .concat(["--repo", github.gitDirectory, "--now", new Date(clock.now()).toISOString()])
        .concat(more),
      env,
    );
  const running = await write(new Date(clock.now()).toISOString().slice(0, 7));
  expect(running).toMatchObject({ code: 2, err: expect.stringContaining("isn't over") });
  expect(await write("2026-10", [], {})).toMatchObject({
    code: 1,
    err: expect.stringContaining("REMIT_GITHUB_APP_ID"),
  });
  expect(await issues()).toEqual([]);
  const first = await write("2026-10");
  expect(first).toEqual({ code: 0, out: "wrote the review of 2026-10 as an issue in acme/shop\n", err: "" });
  const [issue, ...others] = await issues();
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ state: "open", title: "Remit in 2026-10", author: "remit[bot]" });
  const second = await write("2026-10", ["--json"]);
  expect(JSON.parse(second.out)).toMatchObject({
    month: "2026-10",
    done: `#${issue?.number} in acme/shop is the review of 2026-10 already`,
  });
  await look();
  expect(await issues()).toEqual([issue]);
});
