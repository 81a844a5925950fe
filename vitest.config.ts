import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { CountLine } from "./scripts/count-line.ts";
import { SlowFirst } from "./scripts/slow-first.ts";

/** Everything that needs nothing but npm. What needs more has its own configuration in test/e2e/. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    globalSetup: ["test/support/postgres/global-setup.ts"],
    setupFiles: ["test/support/loopback-only.ts"],
    reporters: ["default", new CountLine()],
    // Most of them wait for git and for servers, so even a small machine has room for two.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: SlowFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
