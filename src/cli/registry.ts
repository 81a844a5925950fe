/** Every command, by name, loaded when it is asked for. In the order in which they are listed. */
import type { Command } from "./command.ts";
import { loadSandbox } from "./load-sandbox.ts";

export const registry: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./commands/serve.ts")).serve,
  demo: async () => (await loadSandbox(() => import("./commands/demo.ts"))).demo,
  sandbox: async () => (await loadSandbox(() => import("./commands/sandbox.ts"))).sandbox,
  plan: async () => (await import("./commands/plan.ts")).plan,
  gate: async () => (await import("./commands/gate.ts")).gate,
  init: async () => (await import("./commands/init.ts")).init,
  leases: async () => (await import("./commands/leases.ts")).leases,
  lint: async () => (await import("./commands/lint.ts")).lint,
  test: async () => (await import("./commands/test.ts")).test,
  backtest: async () => (await import("./commands/backtest.ts")).backtest,
  metrics: async () => (await import("./commands/metrics.ts")).metrics,
  audit: async () => (await import("./commands/audit.ts")).audit,
  "create-app": async () => (await import("./commands/create-app.ts")).createApp,
  map: async () => (await import("./commands/map.ts")).map,
  "verify-policy": async () => (await import("./commands/verify-policy.ts")).verifyPolicy,
  "can-i": async () => (await import("./commands/can-i.ts")).canI,
  inbox: async () => (await import("./commands/inbox.ts")).inbox,
  store: async () => (await import("./commands/store.ts")).store,
  incidents: async () => (await import("./commands/incidents.ts")).incidents,
};
