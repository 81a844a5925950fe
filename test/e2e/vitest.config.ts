import { defineConfig } from "vitest/config";
import { CountLine } from "../../scripts/count-line.ts";

/** Needs more than npm: Prometheus, Alertmanager, a browser. What is absent is skipped with a line that says what to install. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    reporters: ["default", new CountLine()],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
