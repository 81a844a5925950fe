/**
 * Ends a test run with one plain line that programs can count on, `Tests: 12 passed, 0 failed, 1 skipped`, after one line for each
 * that failed: `Failed: test/clock.test.ts > tells the time`.
 */
import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

export class CountLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    const failed = unhandledErrors.map(() => "an error outside of any test");
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      // A file that can't be loaded, or a hook that fails, is one failure more, or it would go uncounted.
      failed.push(...module.errors().map(() => file));
      for (const suite of module.children.allSuites())
        failed.push(...suite.errors().map(() => `${file} > ${suite.fullName}`));
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed.push(`${file} > ${test.fullName}`);
        else skipped++;
      }
    }
    const named = failed.map((name) => `Failed: ${name}\n`).join("");
    const counts = `${passed} passed, ${failed.length} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
    process.stdout.write(`\n${named}Tests: ${counts}\n`);
  }
}
