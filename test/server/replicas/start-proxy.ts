/** Stands between one replica and GitHub, so that a test knows who asked what, and what happened without being heard. */
import { once } from "node:events";
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** `heard` is called with each request once GitHub has answered it, and before the replica is told. */
export async function startProxy(target: string, heard: (path: string, body: string) => void): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = "GET", headers, url = "/" } = request;
    const asked = ask(new URL(url, target), { method, headers }, async (answer) => {
      const content = await buffer(answer);
      heard(`${method} ${url}`, body.toString());
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
    });
    asked.on("error", () => response.destroy());
    asked.end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
