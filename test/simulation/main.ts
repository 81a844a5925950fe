/** `npm run simulate -- --seeds 1000 [--from N] [--workers N]`, or `--seed N --trace` to read one world line by line. */
import { Worker } from "node:worker_threads";
import { addCounts, missing, noCounts, renderCounts } from "./coverage.ts";
import { readOptions, type SimulateOptions } from "./options.ts";
import { runScenario, sharedParts } from "./run-seed.ts";
import type { Batch } from "./run-seeds.ts";
import { scenarioOf } from "./scenario.ts";

/** With fewer seeds something may well never have happened by chance. */
const enoughSeeds = 1_000;

const options = readOptions(process.argv.slice(2));
process.exitCode = options.trace ? await trace(options.from) : await many(options);

async function trace(seed: number): Promise<number> {
  const { lines, failure, fingerprint } = await runScenario(scenarioOf(seed), await sharedParts());
  console.log(lines.join("\n"));
  console.log(failure === undefined ? `holds (${fingerprint})` : `breaks ${failure.invariant}: ${failure.what}`);
  return failure === undefined ? 0 : 1;
}

async function many({ from, seeds, workers }: SimulateOptions): Promise<number> {
  const began = performance.now();
  const progress = showProgress(seeds);
  const threads = Math.min(workers, seeds);
  const batches = await Promise.all(
    Array.from({ length: threads }, (_, index) => runThread(from + index, seeds - index, threads, progress)),
  );
  const counts = batches.map((batch) => batch.counts).reduce(addCounts, noCounts);
  const failures = batches.flatMap((batch) => batch.failures);
  console.log(renderCounts(counts));
  const never = seeds >= enoughSeeds ? missing(counts) : [];
  for (const name of never) console.log(`Never happened: ${name}`);
  for (const failure of failures) console.log(`\n${failure}`);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `\n${seeds} seeds from ${from}, ${failures.length} failed, ${(seeds / seconds).toFixed(1)} seeds per second`,
  );
  const failed = failures.length + never.length;
  return failed === 0 ? 0 : 1;
}

function runThread(from: number, count: number, step: number, onBegin: () => void): Promise<Batch> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./seeds-worker.ts", import.meta.url), { workerData: { from, count, step } });
    let at = from;
    worker.on("message", (message) => {
      if (message.kind === "batch") return resolve(message.batch);
      at = message.seed;
      onBegin();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`seed ${at} never ends (${code}): something in it waits for itself`)));
  });
}

/** On a terminal only. */
function showProgress(seeds: number): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${seeds}${done === seeds ? "\n" : ""}`);
  };
}
