/** A part of the seeds, in a thread of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { every, runSeeds } from "./run-seeds.ts";

const share = z.object({ from: z.number(), count: z.number(), step: z.number() });
const { from, count, step } = share.parse(workerData);
const batch = await runSeeds(every(from, count, step), (seed) => parentPort?.postMessage({ kind: "begin", seed }));
parentPort?.postMessage({ kind: "batch", batch });
