import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { loadConfig } from "../../../src/server/config/load-config.ts";
import { testReceiver } from "../../sandbox/cluster/receiver.ts";

/** Runs `remit sandbox --json`; `lines` answers the first event of a kind. */
function sandbox(...argv: string[]) {
  const stopping = new AbortController();
  const seen: Record<string, unknown>[] = [];
  const waiting: { kind: string; resolve: (event: Record<string, unknown>) => void }[] = [];
  const write = (text: string) => {
    const event = JSON.parse(text);
    seen.push(event);
    for (const one of waiting) if (one.kind === event.event) one.resolve(event);
  };
  const terminal = { stdout: { write }, stderr: { write: () => {} }, env: {}, signal: stopping.signal };
  const exit = main(["sandbox", "--json", ...argv], terminal);
  const event = (kind: string): Promise<Record<string, unknown>> => {
    const past = seen.find((one) => one.event === kind);
    return past === undefined ? new Promise((resolve) => waiting.push({ kind, resolve })) : Promise.resolve(past);
  };
  return {
    event,
    async stop() {
      stopping.abort();
      return exit;
    },
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

describe("remit sandbox", { timeout: 60_000 }, () => {
  test("starts the world, tells how to point a server at it, and leaves nothing behind", async () => {
    const remit = await testReceiver();
    const world = sandbox("--remit", new URL(remit.url).origin);
    const ready = await world.event("ready");
    const clone = mkdtempSync(join(tmpdir(), "remit-sandbox-test-"));

    execFileSync("git", ["clone", "--quiet", text(ready.gitDirectory), join(clone, "shop")]);
    expect(readFileSync(join(clone, "shop/.github/remit/authority.yaml"), "utf8")).toContain("kind: Authority");
    expect(Object.keys(Object(ready.tokens)).sort()).toEqual(["alice", "bob", "carol", "mallory"]);
    const answer = await fetch(`${text(ready.apiUrl)}/repos/${text(ready.repository)}`, {
      headers: { authorization: `Bearer ${text(Object(ready.tokens).carol)}`, "user-agent": "test" },
    });
    expect(answer.status).toBe(200);
    expect((await fetch(text(ready.serviceUrl))).status).toBe(200);

    const env = parseEnv(readFileSync(text(ready.environmentFile), "utf8"));
    const { config, mistakes } = await loadConfig({ path: text(ready.configFile), env });
    expect(mistakes ?? []).toEqual([]);
    expect(config?.listen.port).toBe(Number(new URL(remit.url).port));
    expect(config?.github.apiUrl).toBe(ready.apiUrl);

    // The controller reports to where Remit should listen, with the token that the settings give it.
    await remit.count(1);
    const token = config?.sources.find(({ type }) => type === "argocd")?.tokens[0]?.reveal();
    expect(remit.received[0]?.authorization).toBe(`Bearer ${token}`);

    expect(await world.stop()).toBe(0);
    expect(existsSync(text(ready.gitDirectory))).toBe(false);
    await remit.close();
    rmSync(clone, { recursive: true });
  });
});
