/** A thread that replays moments, one at a time, over a mirror of its own. Started by open-replayers.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import type { BacktestCase } from "../../backtest/backtest-case.ts";
import { replay } from "../../backtest/replay.ts";
import { systemClock } from "../../clock.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { machineRenderer } from "../../server/rendering/machine-renderer.ts";

const { directory, path } = z.object({ directory: z.string(), path: z.string().optional() }).parse(workerData);
const renderer = path === undefined ? undefined : machineRenderer(path);
const reader = repositoryReader(await openLocalMirror(directory), undefined, renderer);

parentPort?.on("message", (moment: BacktestCase) => {
  void replay(reader, moment, systemClock).then((result) => parentPort?.postMessage(result));
});
