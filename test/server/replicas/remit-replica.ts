/** Run as a child by whole-remit.test.ts: what `remit serve` runs, with a lease that ends within a test's patience. */
import { assemble } from "../../../src/server/assemble.ts";
import { loadConfig } from "../../../src/server/config/load-config.ts";
import { serve } from "../../../src/server/serve.ts";

const { config, mistakes } = await loadConfig({ env: process.env });
if (config === undefined) throw new Error(JSON.stringify(mistakes));
// Its log on stdout tells where it listens.
await serve(config, await assemble(config, { throttle: false }), { pollMs: 50, leaseMs: 3_000 });
