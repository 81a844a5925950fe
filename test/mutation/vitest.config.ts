import { defineConfig } from "vitest/config";

/** The tests that must kill a guard's mutants. scripts/mutate.ts names them; tests of whole rooms would take hours. */
export default defineConfig({
  test: {
    include: (process.env.REMIT_MUTATION_TESTS ?? "test/gitops/edit/*.test.ts").split(","),
    setupFiles: ["test/support/loopback-only.ts"],
    maxWorkers: 1,
    testTimeout: 30_000,
  },
});
