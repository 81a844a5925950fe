/**
 * Stryker's runner for vitest chooses the tests of a mutant by name, and joins the names of groups otherwise than vitest 5 does: tests
 * in a `describe` are never chosen, and their mutants seem to survive. Here each mutant meets every test of its guard.
 */
import { strykerPlugins as plugins } from "@stryker-mutator/vitest-runner";

const [vitest] = plugins;
if (vitest === undefined || !("inject" in vitest.factory))
  throw new Error("Stryker's runner for vitest has another shape");
const { factory } = vitest;

function everyTest(injector: Parameters<typeof factory>[0]): ReturnType<typeof factory> {
  const runner = factory(injector);
  const run = runner.mutantRun.bind(runner);
  runner.mutantRun = ({ testFilter: _, ...options }) => run(options);
  return runner;
}

export const strykerPlugins = [
  { ...vitest, name: "vitest-every-test", factory: Object.assign(everyTest, { inject: factory.inject }) },
];
