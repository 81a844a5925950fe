import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { CountLine } from "./scripts/count-line.ts";
import { SlowFirst } from "./scripts/slow-first.ts";

/**
 * Pure rooms, whose tests leave nothing behind: one process for many files, which saves starting it and reading the code again for each.
 * What starts processes stays apart, since a large process is slow to start another one.
 */
const pure = [
  "test/signals",
  "test/incidents",
  "test/authority",
  "test/gitops/catalogue",
  "test/gitops/edit",
  "test/gitops/rendering",
  "test/remediation/prose",
  // All but what replaces a library by one that counts.
].map((room) => `${room}/**/!(objects-named).test.ts`);

/** Everything that needs nothing but npm. What needs more has its own configuration in test/e2e/. */
export default defineConfig({
  test: {
    reporters: ["default", new CountLine()],
    // Most of them wait for git and for servers, so even a small machine has room for two.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: SlowFirst },
    setupFiles: ["test/support/loopback-only.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: "worlds",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", ...pure],
          globalSetup: ["test/support/postgres/global-setup.ts"],
        },
      },
    ],
  },
});
