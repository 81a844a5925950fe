/** A server with a store of its own and a repository's standing that the test writes, so that the page can show anything. */
import { onTestFinished } from "vitest";
import { parseAuthority } from "../../../src/authority/parse-authority.ts";
import type { Dashboard } from "../../../src/remediation/dashboard/dashboard.ts";
import type { Assembly } from "../../../src/server/assembly.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { serve } from "../../../src/server/serve.ts";
import type { Standing } from "../../../src/server/standing.ts";
import { openSqliteStore } from "../../../src/store/sqlite-store.ts";
import type { IncidentRecord } from "../../../src/store/store.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { base, minute, t0 } from "../../support/situation.ts";
import { ManualClock } from "../manual-clock.ts";

export const now = t0 + 30 * minute;

export const source = {
  name: "prom",
  type: "alertmanager" as const,
  repository: "acme/shop",
  environments: undefined,
  tokens: [new Secret("token")],
};

const policy = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 3
  grants:
    - name: shop-rollback
      match: {environments: [production], services: [checkout, cart, catalog], actions: [rollback]}
      tier: merge
    - name: anything-elsewhere
      match: {environments: [staging], services: ["*"], actions: ["*"]}
      tier: propose
`;

export function shopDashboard(change: Partial<Dashboard> = {}): Dashboard {
  const { authority, mistakes } = parseAuthority(policy, "authority.yaml");
  if (authority === undefined) throw new Error(JSON.stringify(mistakes));
  return {
    repository: "acme/shop",
    incidents: [],
    held: new Set(),
    authority: { kind: "present", authority, digest: "0123456789ab", revision: base },
    runbooks: { kind: "present", runbooks: [] },
    windows: [],
    leases: [],
    agreement: [],
    stop: { file: false, issue: undefined, environment: false },
    said: undefined,
    ...change,
  };
}

export function shopStanding(change: Partial<Standing> = {}, dashboard: Dashboard = shopDashboard()): Standing {
  const ofGraphql = { resource: "graphql", limit: 5_000, remaining: 4_871, resetAt: now + 20 * minute };
  return {
    webUrl: "https://github.example",
    model: false,
    budgets: [{ account: "acme", at: now - minute, ...ofGraphql }],
    repositories: [{ repository: "acme/shop", fetchedAt: now - minute, dashboard, stopLookedAt: now - minute }],
    ...change,
  };
}

/** `close` it, where no test ends that could. */
export async function openStatusWorld(standing: () => Standing = shopStanding, hosts: readonly string[] = []) {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  const clock = new ManualClock(now);
  const ignore = () => {};
  const parts: Assembly = {
    store,
    clock,
    log: { info: ignore, warn: ignore, error: ignore },
    handleDelivery: async () => [],
    reconcile: async () => undefined,
    standing: async () => standing(),
    close: () => store.close(),
  };
  const anyPort = { host: "127.0.0.1", port: 0 };
  const github = { webhookSecrets: [new Secret("hook")] };
  const config = { listen: anyPort, admin: { ...anyPort, hosts }, sources: [source], github };
  const serving = await serve(config, parts, { pollMs: 3_600_000 });
  await serving.worker.runDue();
  return {
    store,
    clock,
    url: serving.adminUrl,
    hooks: serving.url,
    /** What the page shows next is read anew. */
    later: (ms: number = 11_000) => clock.advance(ms),
    save: async ({ incident, response }: Pick<IncidentRecord, "incident" | "response">) => {
      const version = (await store.incidents.get(incident.id))?.version ?? 0;
      if (!(await store.incidents.save({ incident, response, version }))) throw new Error("it wasn't saved");
    },
    async close() {
      await serving.close();
      await store.close();
    },
  };
}

export async function statusWorld(standing?: () => Standing, hosts?: readonly string[]) {
  const world = await openStatusWorld(standing, hosts);
  onTestFinished(() => world.close());
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${world.url}${path}`, { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { ...world, get };
}
