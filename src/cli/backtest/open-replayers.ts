/** Who replays: this thread, or several with a mirror each. Moments are told apart by their place in the history, so nothing is shared. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { BacktestCase, BacktestResult } from "../../backtest/backtest-case.ts";
import { replay } from "../../backtest/replay.ts";
import type { Replayer } from "../../backtest/run-backtest.ts";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { Mirror } from "../../gitops/mirror/mirror.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { machineRenderer } from "../../server/rendering/machine-renderer.ts";

export interface Replayers {
  readonly list: readonly Replayer[];
  close(): Promise<void>;
}

/** What a thread is told. */
export interface ReplayData {
  readonly directory: string;
  readonly path: string | undefined;
}

/** With one job, `mirror` is read by this thread; with more, each opens `directory` by itself. `path`: where renderers are; none without it. */
export function openReplayers(
  mirror: Mirror,
  { directory, jobs }: { readonly directory: string; readonly jobs: number },
  path?: string,
): Replayers {
  if (jobs === 1) {
    const reader = repositoryReader(mirror, undefined, path === undefined ? undefined : machineRenderer(path));
    return { list: [(moment) => replay(reader, moment, systemClock)], close: async () => {} };
  }
  const workers = Array.from({ length: jobs }, () => startWorker({ directory, path }));
  return {
    list: workers.map((worker) => (moment) => ask(worker, moment)),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function startWorker(workerData: ReplayData): Worker {
  // The published package holds JavaScript.
  const file = import.meta.url.endsWith(".ts") ? "./replay-worker.ts" : "./replay-worker.js";
  return new Worker(new URL(file, import.meta.url), { workerData });
}

/** One moment at a time: the next message is the answer. */
async function ask(worker: Worker, moment: BacktestCase): Promise<BacktestResult | undefined> {
  const answered = Promise.race([once(worker, "message"), ended(worker)]);
  worker.postMessage(moment);
  const [answer]: (BacktestResult | undefined)[] = await answered;
  return answer;
}

async function ended(worker: Worker): Promise<never> {
  await once(worker, "exit");
  throw new RemitError("internal", "a thread of the backtest ended early");
}
