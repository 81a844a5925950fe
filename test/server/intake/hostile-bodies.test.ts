import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it } from "vitest";
import { bearer, runIntake } from "./running-intake.ts";

const path = "/hooks/alertmanager/prom";

function head(url: string, extra: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nAuthorization: ${bearer.authorization}\r\nContent-Type: application/json\r\n${extra}\r\n\r\n`;
}

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Everything that the server says until it closes. */
async function conversation(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  await once(socket, "close");
  return text;
}

it("field note S6: a body without a declared length is cut at the cap while it streams", async () => {
  const intake = await runIntake();
  const socket = await open(intake.url);
  const answer = conversation(socket);
  socket.write(head(intake.url, "Transfer-Encoding: chunked"));
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  let sent = 0;
  const pump = () => {
    while (sent < 100 && !socket.destroyed) {
      sent += 1;
      if (!socket.write(chunk)) return void socket.once("drain", pump);
    }
  };
  pump();
  expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(intake.counted).toEqual(new Map([["alertmanager too-large", 1]]));
});

it("field note S6: of a body that is declared too large nothing is awaited", async () => {
  const intake = await runIntake();
  const socket = await open(intake.url);
  socket.write(head(intake.url, "Content-Length: 1048577"));
  const [first] = (await once(socket.setEncoding("utf8"), "data")) as [string];
  expect(first).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
});

it("field note S6: without a token nothing of the body is awaited", async () => {
  const intake = await runIntake();
  const socket = await open(intake.url);
  socket.write(head(intake.url, "Content-Length: 1000").replace("prom-new", "wrong"));
  const [first] = (await once(socket.setEncoding("utf8"), "data")) as [string];
  expect(first).toMatch(/^HTTP\/1\.1 401 /);
  socket.destroy();
});

it("field note S6: a body that trickles is ended by the server", async () => {
  const intake = await runIntake({}, 200);
  const socket = await open(intake.url);
  socket.write(`${head(intake.url, "Content-Length: 1000")}{`);
  expect(await conversation(socket)).toMatch(/^HTTP\/1\.1 408 |^$/);
  expect(await intake.store.inbox.list({})).toEqual([]);
});

it("headers that never end are ended by the server", async () => {
  const intake = await runIntake({}, 200);
  const socket = await open(intake.url);
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nX-Slow: `);
  expect(await conversation(socket)).toMatch(/^HTTP\/1\.1 408 |^$/);
});

it("a sender that goes away in the middle leaves nothing stored, and the next one is served", async () => {
  const intake = await runIntake();
  const socket = await open(intake.url);
  socket.write(`${head(intake.url, "Content-Length: 1000")}{`);
  socket.destroy();
  await once(socket, "close");
  expect((await intake.post(path, "{}")).status).toBe(422);
  expect(await intake.store.inbox.list({})).toEqual([]);
});

it("field note S6: bodies over the budget of all are answered 503, and the budget is given back", async () => {
  const intake = await runIntake({ bodyBudgetBytes: 1_000 });
  expect(await intake.post(path, "x".repeat(2_000))).toMatchObject({ status: 503, body: { error: { code: "busy" } } });
  for (let time = 0; time < 3; time += 1) expect((await intake.post(path, "x".repeat(900))).status).toBe(400);
});
