#!/usr/bin/env node
/** The program. Everything it can do is in cli/. */
import { main } from "./cli/main.ts";

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The first one finishes the step at hand; a second one means now.
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });
}
// Whoever reads the output may stop early, as `head` does.
process.stdout.on("error", () => process.exit(0));

const { stdout, stderr, env, argv } = process;
process.exitCode = await main(argv.slice(2), { stdout, stderr, env, signal: stopping.signal });
