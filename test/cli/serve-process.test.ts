import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { goodVariables, writeConfig } from "../server/config/config-file.ts";
import { alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

const program = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** Standing in for a GitHub that is down: it tells when it was asked, and answers 503 when it is let. */
async function brokenGitHub() {
  let asked = () => {};
  const wasAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const server = createServer((_, response) => {
    asked();
    void answered.then(() => response.writeHead(503).end("{}"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, wasAsked, answer };
}

async function startServe(apiPort: number) {
  const data = temporaryDirectory();
  const { path } = writeConfig(`
github: {apiUrl: "http://127.0.0.1:${apiPort}/api/v3"}
listen: {host: 127.0.0.1, port: 0}
dataDirectory: ${data}
sources: [{name: prom, type: alertmanager, repository: acme/shop}]
`);
  const env = { PATH: process.env.PATH ?? "", ...goodVariables, REMIT_SOURCE_PROM_TOKEN: "prom-token" };
  const child: ChildProcess = spawn(process.execPath, [program, "serve", "--config", path], { env });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output = { text: "" };
  const url = await new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output.text += chunk;
        const found = /"url":"([^"]+)"/.exec(output.text)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
  });
  return { child, url, data, output };
}

it("SIGTERM finishes the step at hand, keeps what isn't done, tells no secret, and ends with code 0", async () => {
  const github = await brokenGitHub();
  const { child, url, data, output } = await startServe(github.port);
  const response = await fetch(`${url}/hooks/alertmanager/prom`, {
    method: "POST",
    body: JSON.stringify(alertmanagerFixture()),
    headers: { authorization: "Bearer prom-token", "content-type": "application/json" },
  });
  expect(response.status).toBe(202);
  await github.wasAsked;
  child.kill("SIGTERM");
  github.answer();
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(output.text).toContain("Remit stopped");
  for (const secret of ["prom-token", "first-secret", "PRIVATE KEY"]) expect(output.text).not.toContain(secret);
  const store = await openSqliteStore({ directory: data });
  const [delivery] = await store.inbox.list({});
  await store.close();
  expect(delivery).toMatchObject({ state: "pending", attempts: 1, error: expect.any(String) });
});
