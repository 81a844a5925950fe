import { once } from "node:events";
import { createServer, get } from "node:http";
import { connect, type Server } from "node:net";
import nock from "nock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

describe("tests and the network", () => {
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    nock.restore();
    server = createServer((_request, response) => response.end("here"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(() => server.close());

  test.each(["127.0.0.1", "localhost"])("a server on %s answers", async (host) => {
    const response = await fetch(`http://${host}:${port}/`);
    expect(await response.text()).toBe("here");
  });

  test.each(["http://192.0.2.1/", "https://192.0.2.1/", "http://remit.invalid/"])(
    "fetching %s fails at once",
    async (url) => {
      await expect(fetch(url)).rejects.toMatchObject({
        cause: { message: expect.stringContaining("loopback only") },
      });
    },
  );

  test.each([
    ["options", () => connect({ host: "192.0.2.1", port: 443 })],
    ["an HTTP request", () => get("http://192.0.2.1/path")],
    ["arguments", () => connect(443, "192.0.2.1")],
  ])("connecting elsewhere by %s fails at once", async (_form, open) => {
    const [error] = await once(open(), "error").catch((thrown: unknown) => [thrown]);
    expect(error).toMatchObject({ message: expect.stringContaining("192.0.2.1") });
  });

  test("nock still answers for GitHub", async () => {
    nock.activate();
    nock("https://api.github.com").get("/zen").reply(200, "calm");
    const response = await fetch("https://api.github.com/zen");
    nock.restore();
    expect(await response.text()).toBe("calm");
  });
});
