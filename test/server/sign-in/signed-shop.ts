/** A whole Remit with a status page on which people sign in by GitHub's stand-in. */
import { createServer } from "node:net";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import { defaultSettings } from "../../../src/remediation/settings.ts";
import { shopHistory } from "../../../src/sandbox/demo/shop-history.ts";
import { type GitHubStandIn, startGitHub } from "../../../src/sandbox/github/start-github.ts";
import { assemble } from "../../../src/server/assemble.ts";
import { defaultRetention } from "../../../src/server/config/retention.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { serve } from "../../../src/server/serve.ts";
import { repo } from "../../sandbox/github/world.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { TestClock } from "../../support/test-clock.ts";

export const start = Date.parse("2026-11-20T10:00:00Z");

export type Person = keyof GitHubStandIn["tokens"];

/** `close` it, where no test ends that could. */
export async function openSignedShop(directory: string, stop = false) {
  const clock = new TestClock(start);
  const github = await startGitHub({
    directory: join(directory, "github"),
    clock,
    initial: shopHistory(start, "merge"),
  });
  const lines: string[] = [];
  const keep = (fields: object, message: string) =>
    void lines.push(
      `${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? value.message : value))}`,
    );
  const url = `http://127.0.0.1:${await freePort()}`;
  const config = {
    github: {
      appId: github.appId,
      apiUrl: github.apiUrl,
      privateKey: new Secret(github.privateKey),
      webhookSecrets: [new Secret(github.webhookSecret)],
    },
    listen: { host: "127.0.0.1", port: 0 },
    admin: { host: "127.0.0.1", port: Number(new URL(url).port) },
    oauth: { clientId: github.clientId, clientSecret: new Secret(github.clientSecret), url },
    publicUrl: undefined,
    dataDirectory: join(directory, "data"),
    database: undefined,
    retention: defaultRetention,
    logLevel: "error" as const,
    stop,
    response: defaultSettings,
    mergeMethod: "squash" as const,
    dashboard: true,
    sources: [
      {
        name: "prom",
        type: "alertmanager" as const,
        repository: "acme/shop",
        environments: undefined,
        tokens: [new Secret("token")],
      },
    ],
    registries: [],
    policySigning: undefined,
    modelApiKey: undefined,
  };
  const assembly = await assemble(config, { clock, throttle: false, log: { info: keep, warn: keep, error: keep } });
  await assembly.endLeases?.();
  const serving = await serve(config, assembly, { pollMs: 3_600_000 });
  const people = new Octokit({ baseUrl: github.apiUrl, auth: github.tokens.alice });
  const stops = async () =>
    (await people.rest.issues.listForRepo({ ...repo, state: "all", labels: "remit:stop" })).data.map(
      ({ number, state, body }) => ({ number, state, body: body ?? "" }),
    );
  return {
    github,
    clock,
    url,
    people,
    stops,
    lines,
    /** What the page shows next is read anew. */
    later: () => clock.advance(11_000),
    async close() {
      await serving.close();
      await assembly.close();
      await github.close();
    },
  };
}

export async function signedShop(stop = false) {
  const shop = await openSignedShop(temporaryDirectory(), stop);
  onTestFinished(async () => {
    await shop.close();
    shop.github.assertNoViolations();
  });
  return { ...shop, browser: () => new Visitor(shop.url) };
}

/** As a browser keeps cookies and follows a link, without following redirects by itself. */
export class Visitor {
  readonly jar = new Map<string, string>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async go(path: string, init: RequestInit = {}) {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const url = new URL(path, this.#url);
    const ours = url.origin === this.#url;
    const response = await fetch(url, {
      redirect: "manual",
      ...init,
      headers: { ...(ours ? { cookie } : {}), ...init.headers },
    });
    const set = response.headers.getSetCookie();
    for (const each of ours ? set : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (/max-age=0/i.test(each)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get("location") ?? "",
      set,
      text: await response.text(),
    };
  }

  /** Where GitHub sends whoever said to be that person. */
  async authorize(person: Person) {
    const { location } = await this.go("/sign-in");
    const asked = new URL(location);
    const { location: back } = await this.go(`${asked.origin}/login/oauth/authorized${asked.search}&person=${person}`);
    return { asked, back };
  }

  async signIn(person: Person) {
    const { back } = await this.authorize(person);
    return this.go(back);
  }

  async csrf() {
    return /name="csrf" value="([^"]+)"/.exec((await this.go("/")).text)?.[1] ?? "";
  }

  post(path: string, form: Record<string, string>, headers: Record<string, string> = { origin: this.#url }) {
    return this.go(path, { method: "POST", body: new URLSearchParams(form), headers });
  }

  async press(name: "stop" | "start", repository = "acme/shop") {
    const pressed = await this.post("/switch", { csrf: await this.csrf(), [name]: repository });
    const said = /id="said"[^>]*>([\s\S]*?)<\/p>/.exec((await this.go("/")).text)?.[1] ?? "";
    return { status: pressed.status, said: said.replace(/<[^>]*>/g, "").replace(/&#39;/g, "'") };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
