/** How long a merge is waited for, against a server that takes it and never says a word. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import nock from "nock";
import { expect, onTestFinished, test } from "vitest";
import { createForge } from "../../src/github/create-forge.ts";
import { commit, createApp, emptyView, pullView, repository, start, token } from "./world.ts";

// Nock can't be interrupted while it waits for an answer.
nock.restore();

async function startSilent() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url?.endsWith("/access_tokens"))
      answer(response, 201, { token, expires_at: new Date(start + 3_600_000).toISOString() });
    else if (request.method === "GET") answer(response, 200, { merged: false, merge_commit_sha: null });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { asked, apiUrl: `http://127.0.0.1:${address.port}` };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

test("a merge isn't waited for longer than what it rests on is good for", async () => {
  const { apiUrl, asked } = await startSilent();
  const app = createApp({ apiUrl, timeoutMs: 600_000 });
  const forge = createForge({ app, repository, installationId: 1 });
  const request = { pullNumber: 7, pullId: "PR_7", head: commit, headline: "roll back (#7)", message: "because" };
  const result = await forge.merge({ ...emptyView, pull: pullView }, { ...request, withinMs: 100 });
  expect(result).toEqual({ outcome: "unknown" });
  expect(asked.at(-1)).toBe(`GET /repos/${repository}/pulls/7`);
});
