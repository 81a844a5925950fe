import { request } from "node:http";
import { expect, it } from "vitest";
import { statusWorld } from "./pages/status-world.ts";

async function ports() {
  const { url, hooks } = await statusWorld(undefined, ["remit.internal"]);
  return { port: Number(new URL(url).port), hooksPort: Number(new URL(hooks).port) };
}

/** As sent to `host`, which needn't be where it goes. */
function ask(port: number, host: string, path = "/"): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, headers: { host }, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on("error", reject).end();
  });
}

it.each([
  "127.0.0.1",
  "127.0.0.1:8081",
  "10.2.3.4:8081",
  "[::1]:8081",
  "[fd00::7]",
  "localhost:8081",
  "LOCALHOST",
  "remit.localhost",
  "remit.internal:8081",
  "Remit.Internal.",
])("the admin port answers to %s", async (host) => {
  const { port } = await ports();
  for (const path of ["/", "/status/content", "/metrics", "/api/incidents"])
    expect(await ask(port, host, path)).toMatchObject({ status: 200 });
});

it.each([
  "evil.example",
  "evil.example:8081",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "notlocalhost",
  "remit.internal.evil.example",
  "evil-remit.internal",
])("it doesn't answer to %s, whatever is asked", async (host) => {
  const { port } = await ports();
  for (const path of [
    "/",
    "/status/content",
    "/status/script.js",
    "/metrics",
    "/api/status",
    "/api/inbox",
    "/nothing",
  ]) {
    const { status, text } = await ask(port, host, path);
    expect(status).toBe(421);
    expect(JSON.parse(text)).toEqual({
      error: { code: "unknown-host", message: expect.stringContaining("admin.hosts of remit.yaml") },
    });
  }
});

it.each(["a b", "127.0.0.1@evil.example", "evil.example/127.0.0.1", "[evil.example]", "127.0.0.1:x"])(
  "a host that is none (%j) gets nothing",
  async (host) => {
    const { port } = await ports();
    const { status, text } = await ask(port, host, "/api/incidents");
    expect([400, 421]).toContain(status);
    expect(text).not.toContain("incidents");
  },
);

it("probes answer to any name, and so does the port for webhooks", async () => {
  const { port, hooksPort } = await ports();
  expect(await ask(port, "remit-7d9f.monitoring.svc", "/healthz")).toMatchObject({ status: 200 });
  expect(await ask(port, "remit-7d9f.monitoring.svc", "/readyz")).toMatchObject({ status: 200 });
  expect(await ask(hooksPort, "remit.example.com", "/healthz")).toMatchObject({ status: 200 });
});
