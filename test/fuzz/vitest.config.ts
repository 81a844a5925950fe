import { defineConfig } from "vitest/config";

/** The same as in `npm test`, a hundred times longer and from another seed each time: the seed is printed with a failure. */
export default defineConfig({
  test: {
    include: ["test/fuzz/**/*.test.ts"],
    setupFiles: ["test/support/loopback-only.ts"],
    env: { REMIT_FUZZ_RUNS: process.env.REMIT_FUZZ_RUNS ?? "10000" },
    testTimeout: 3_600_000,
  },
});
