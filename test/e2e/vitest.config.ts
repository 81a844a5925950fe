import { defineConfig } from "vitest/config";

/** Needs more than npm: Prometheus, Alertmanager, a browser. What is absent is skipped with a line that says what to install. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
