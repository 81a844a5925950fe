/** What senders try, played with real parts: they hold a valid token, and say more than they may. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Secret } from "../../src/server/config/secret.ts";
import { maySpeakOf } from "../../src/server/may-speak-of.ts";
import { type IncidentWorld, incidentWorld, type WorldOptions } from "../support/incident-world.ts";
import { left, play } from "../support/play.ts";
import { addressesOf } from "./addresses.ts";

async function world(options: Omit<WorldOptions, "directory"> = {}): Promise<IncidentWorld> {
  const directory = await mkdtemp(join(tmpdir(), "remit-hostile-"));
  const made = await incidentWorld({ ...options, directory });
  onTestFinished(async () => {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  });
  return made;
}

const source = (name: string, environments: readonly string[] | undefined) => {
  return { name, type: "alertmanager", repository: "acme/shop", environments, tokens: [new Secret("t")] } as const;
};
const configured = [source("prometheus", undefined), source("staging", ["staging"]), source("argocd", undefined)];

it("field note S4: an alert about production by the source of staging is ignored, with a record", async () => {
  const made = await world({ maySpeakOf: (name, spoken) => maySpeakOf(configured, name, spoken) });
  await made.release();
  expect(await made.receive([made.firing({ source: "staging" })])).toEqual([
    "ignored: this source may not raise this alert for checkout/production",
  ]);
  expect(await made.store.incidents.open()).toEqual([]);
});

it("field note S4: the source of staging can't say that a fix arrived in production", async () => {
  const made = await world({ maySpeakOf: (name, spoken) => maySpeakOf(configured, name, spoken) });
  await play(made, { delivers: false, looks: 6 });
  const delivered = async () => (await made.store.incidents.list(1))[0]?.response.remediations[0]?.delivered;
  const head = await made.mainHead();
  await made.receive([made.applied(head, { source: "staging" })]);
  await made.reconcile();
  expect(await delivered()).toBeUndefined();
  await made.receive([made.applied(head)]);
  await made.reconcile();
  expect((await delivered())?.revision).toBe(head);
});

it("field note S5: no address in a payload is ever connected to, however it is written", async () => {
  const asked: string[] = [];
  const canary = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end();
  });
  canary.listen(0, "127.0.0.1");
  await once(canary, "listening");
  onTestFinished(() => void canary.close());
  const { port } = canary.address() as AddressInfo;
  const made = await world();
  const ports = new Set<number | undefined>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.on("connect", () => ports.add(socket.remotePort));
  };
  subscribe("net.client.socket", onSocket);
  onTestFinished(() => void unsubscribe("net.client.socket", onSocket));
  const texts = Object.fromEntries(addressesOf(port).map((address, at) => [`link_${at}`, address]));
  expect(Object.keys(texts).length).toBeGreaterThanOrEqual(60);
  await made.release();
  await made.receive([
    made.firing({
      labels: { ...made.firing().labels, ...texts },
      annotations: { ...texts, runbook_url: `http://127.0.0.1:${port}/` },
    }),
  ]);
  await play(made, { looks: 8 });
  expect((await left(made)).pulls).toHaveLength(1);
  expect(asked).toEqual([]);
  expect([...ports]).toEqual([Number(new URL(made.github.apiUrl).port)]);
});

it("field note S2: one alert received a hundred times is one incident and one pull request", async () => {
  const made = await world();
  await made.release();
  for (let time = 0; time < 100; time++) await made.receive([made.firing()]);
  expect(await made.store.incidents.open()).toHaveLength(1);
  await made.reconcile();
  expect((await left(made)).pulls).toHaveLength(1);
});

it.each(["constructor", "__proto__", "toString"])("an event of the name %s is nothing new", async (event) => {
  const made = await world();
  expect(await made.receive([made.event(event, "opened")])).toEqual(["nothing new"]);
});
