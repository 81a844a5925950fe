import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import nock from "nock";
import { afterEach, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

const answer = {
  id: 123456,
  slug: "remit-acme",
  html_url: "https://github.com/apps/remit-acme",
  pem: "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
  webhook_secret: "hook-secret",
};

afterEach(() => nock.cleanAll());

/** Runs the command, and does in the place of a browser what `visit` says. */
async function creating(args: string[], visit: (page: string) => Promise<void>) {
  let out = "";
  let err = "";
  const shown = Promise.withResolvers<string>();
  const stdout = {
    write(text: string) {
      out += text;
      const page = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (page !== undefined) shown.resolve(page);
    },
  };
  const stderr = {
    write(text: string) {
      err += text;
    },
  };
  const stop = new AbortController();
  const running = main(["create-app", ...args], { stdout, stderr, env: {}, signal: stop.signal });
  const page = await Promise.race([shown.promise, running.then(() => undefined)]);
  if (page !== undefined) await visit(page);
  stop.abort();
  return { code: await running, out, err };
}

async function form(page: string) {
  const text = await (await fetch(page)).text();
  const action = /action="([^"]*)"/.exec(text)?.[1] ?? "";
  const manifest: unknown = JSON.parse(
    (/name="manifest" value="([^"]*)"/.exec(text)?.[1] ?? "").replaceAll("&quot;", '"'),
  );
  return { action: new URL(action), manifest };
}

it("hands GitHub the manifest, and keeps what GitHub answers: the key in a file of one's own, the rest on the terminal", async () => {
  const github = nock("https://api.github.com").post("/app-manifests/one-time-code/conversions").reply(201, answer);
  const key = join(temporaryDirectory(), "key.pem");
  const { code, out, err } = await creating(
    ["--url", "https://remit.example.com/", "--org", "acme", "--key", key],
    async (page) => {
      const { action, manifest } = await form(page);
      expect(action.origin + action.pathname).toBe("https://github.com/organizations/acme/settings/apps/new");
      expect(manifest).toMatchObject({
        hook_attributes: { url: "https://remit.example.com/api/github/webhooks", active: true },
        redirect_url: `${page}/created`,
        public: false,
        default_permissions: { contents: "write", metadata: "read" },
      });
      const back = await fetch(`${page}/created?code=one-time-code&state=${action.searchParams.get("state")}`);
      expect(back.status).toBe(200);
      await expect.poll(() => existsSync(key)).toBe(true);
    },
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(github.isDone()).toBe(true);
  expect(readFileSync(key, "utf8")).toBe(answer.pem);
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(out).toContain("appId: 123456");
  expect(out).toContain("REMIT_WEBHOOK_SECRETS=hook-secret");
  expect(out).not.toContain("AAAA");
});

it("a code that comes with another state is not taken", async () => {
  const github = nock("https://api.github.com").post("/app-manifests/stolen/conversions").reply(201, answer);
  const { code } = await creating(["--url", "https://remit.example.com"], async (page) => {
    expect((await fetch(`${page}/created?code=stolen&state=guess`)).status).toBe(400);
  });
  expect(code).toBe(1);
  expect(github.isDone()).toBe(false);
});

it("GitHub's refusal of a code is told in a line", async () => {
  nock("https://api.github.com").post("/app-manifests/old/conversions").reply(404, { message: "Not Found" });
  const { code, err } = await creating(["--url", "https://remit.example.com"], async (page) => {
    const { action } = await form(page);
    await fetch(`${page}/created?code=old&state=${action.searchParams.get("state")}`);
    await expect.poll(() => nock.isDone()).toBe(true);
  });
  expect(code).toBe(1);
  expect(err).toMatch(/^remit: .*create the App from its manifest/);
});

it.each([
  [[], "--url wants an address"],
  [["--url", "javascript:alert(1)"], "--url wants an address"],
  [["--url", "https://a.example", "--org", "../x"], "--org wants"],
])("%j is a usage error", async (args, message) => {
  const { code, err } = await creating(args, async () => {});
  expect(code).toBe(2);
  expect(err).toContain(message);
});
