import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { BodyReader } from "../../../src/server/intake/body-reader.ts";

/** A request as far as a reader of its body sees it. */
function incoming(chunks: AsyncIterable<Buffer> | readonly Buffer[], headers: Record<string, string> = {}) {
  return Object.assign(Readable.from(chunks), { headers }) as unknown as IncomingMessage;
}

const halves = [Buffer.from("abc"), Buffer.from("def")];

it("a body of exactly the cap, declared or not, is read, and one byte more isn't", async () => {
  const reader = new BodyReader(100);
  for (const headers of [{}, { "content-length": "6" }]) {
    expect(String(await reader.read(incoming(halves, headers), 6))).toBe("abcdef");
    expect(await reader.read(incoming(halves, headers), 5)).toMatchObject({ code: "too-large" });
  }
  expect(String(await reader.read(incoming([]), 6))).toBe("");
});

it("bodies that fill the budget exactly are read, and what was read or refused gives it back", async () => {
  const reader = new BodyReader(6);
  for (let round = 0; round < 3; round++) {
    expect(String(await reader.read(incoming(halves), 10))).toBe("abcdef");
    const more = [...halves, Buffer.from("g")];
    expect(await reader.read(incoming(more), 10)).toMatchObject({ code: "busy" });
  }
});

it("a body that breaks off is told as such", async () => {
  async function* broken() {
    yield Buffer.from("abc");
    throw new Error("aborted");
  }
  const reader = new BodyReader(3);
  expect(await reader.read(incoming(broken()), 10)).toMatchObject({ code: "body-incomplete" });
  expect(String(await reader.read(incoming([Buffer.from("abc")]), 10))).toBe("abc");
});
