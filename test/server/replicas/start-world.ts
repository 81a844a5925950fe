/** What replicas act on, as GitHub would be: effects stay, whatever becomes of whoever caused them. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface Asked {
  readonly what: "look" | "act";
  readonly replica: string;
  readonly alert: string;
  readonly target: string;
  /** Of an act. */
  readonly token: string;
}

export interface World {
  readonly url: string;
  /** How often each alert was acted on. */
  readonly acts: ReadonlyMap<string, number>;
}

/** `meet` is called with the question before it is answered, after an act took effect. */
export async function startWorld(meet: (asked: Asked) => Promise<void>): Promise<World> {
  const acts = new Map<string, number>();
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const asked: Asked = { ...JSON.parse(body), what: request.url === "/act" ? "act" : "look" };
      const acted = acts.has(asked.alert);
      if (asked.what === "act") acts.set(asked.alert, (acts.get(asked.alert) ?? 0) + 1);
      await meet(asked);
      response.end(JSON.stringify({ acted }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, acts };
}
