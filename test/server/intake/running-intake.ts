/** The intake on a real port over a real store, with a count of what became of each request. */
import { createHmac } from "node:crypto";
import { onTestFinished } from "vitest";
import type { SourceConfig } from "../../../src/server/config/config.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { createIntake, type IntakeParts } from "../../../src/server/intake/create-intake.ts";
import { listen } from "../../../src/server/listen.ts";
import { openSqliteStore } from "../../../src/store/sqlite-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { ManualClock } from "../manual-clock.ts";

export interface RunningIntake {
  readonly url: string;
  readonly store: Store;
  readonly clock: ManualClock;
  /** `alertmanager stored` → 2 */
  readonly counted: Map<string, number>;
  /** How often something new was announced. */
  woken(): number;
  post(path: string, body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

const secrets = (...values: string[]) => values.map((value) => new Secret(value));
const source = (name: string, type: SourceConfig["type"], ...tokens: string[]): SourceConfig => {
  return { name, type, repository: "acme/shop", environments: undefined, tokens: secrets(...tokens) };
};

export const bearer = { authorization: "Bearer prom-new", "content-type": "application/json" };

export async function runIntake(
  changes: Partial<IntakeParts> = {},
  requestTimeoutMs = 30_000,
  directory = temporaryDirectory(),
): Promise<RunningIntake> {
  const store = await openSqliteStore({ directory, busyMs: 50 });
  const clock = new ManualClock();
  const counted = new Map<string, number>();
  let woken = 0;
  const ignore = () => {};
  const app = createIntake({
    inbox: store.inbox,
    clock,
    log: { info: ignore, warn: ignore, error: ignore },
    sources: [
      source("prom", "alertmanager", "prom-old", "prom-new"),
      source("argo", "argocd", "argo-token"),
      source("flux", "flux", "flux-old", "flux-token"),
    ],
    webhookSecrets: secrets("hook-old", "hook-new"),
    count: (type, outcome) => counted.set(`${type} ${outcome}`, (counted.get(`${type} ${outcome}`) ?? 0) + 1),
    onStored: () => {
      woken += 1;
    },
    ...changes,
  });
  const server = await listen(app.fetch, { host: "127.0.0.1", port: 0 }, requestTimeoutMs);
  onTestFinished(async () => {
    await server.close(0);
    await store.close();
  });
  return {
    url: server.url,
    store,
    clock,
    counted,
    woken: () => woken,
    async post(path, body, headers = bearer) {
      const response = await fetch(`${server.url}${path}`, { method: "POST", body, headers });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
  };
}

export function sign(secret: string, body: string | Uint8Array): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** The headers of GitHub's own delivery of `body`. */
export function githubHeaders(body: string | Uint8Array, changes: Record<string, string> = {}): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-github-delivery": "7a1c5f60-1111-2222-3333-444455556666",
    "x-hub-signature-256": sign("hook-new", body),
    ...changes,
  };
}
