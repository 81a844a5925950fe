/** `remit backtest`: what Remit would have done where people rolled back. Reads git; writes nothing but the report. */
import { writeFile } from "node:fs/promises";
import { renderReport } from "../../backtest/render-report.ts";
import { type BacktestRun, runBacktest } from "../../backtest/run-backtest.ts";
import { summarize } from "../../backtest/summarize.ts";
import type { Summary } from "../../backtest/summary.ts";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { type Miner, openMiner } from "../../gitops/mirror/open-miner.ts";
import { type BacktestOptions, backtestOptions } from "../backtest/backtest-options.ts";
import { openReplayers } from "../backtest/open-replayers.ts";
import type { Command, CommandContext } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import { renderBacktest } from "../render-backtest.ts";

export const backtest: Command = {
  name: "backtest",
  summary: "replay the repository's own rollbacks: would Remit have done the same?",
  usage: `--repo DIR [--since WHEN] [--until WHEN] [--limit N] [--jobs N] [--render] [--report FILE.md]

--repo DIR        a git directory or work tree
--since WHEN      a date such as 2026-05-01, or a span such as 30d, 12w, 2y; 365d otherwise
--until WHEN      the same; now otherwise
--limit N         replays at most N moments; 200 otherwise
--jobs N          threads, each with a mirror of its own; 1 otherwise
--render          renders each proposal with kustomize 5 and helm 3.16 where they are in PATH, as remit plan does; takes longer
--report FILE.md  writes the report that a team can read before it grants anything
Ctrl-C ends with what is known so far, and with 1.`,
  options: {
    repo: { type: "string" },
    since: { type: "string" },
    until: { type: "string" },
    limit: { type: "string" },
    jobs: { type: "string" },
    render: { type: "boolean" },
    report: { type: "string" },
  },
  async run(context) {
    const options = backtestOptions(context, systemClock.now());
    const mirror = await openLocalMirror(options.directory);
    const replayers = openReplayers(mirror, options, context.flag("render") ? context.env.PATH : undefined);
    const bar = progressBar(context.stderr);
    try {
      const history = await openMiner(options.directory);
      const { since, until, limit } = options;
      const run = await runBacktest({
        history,
        revision: await mirror.head(),
        since,
        until,
        limit,
        replayers: replayers.list,
        signal: context.signal,
        progress: bar.show,
      });
      bar.clear();
      await tell(context, run, options, { name: mirror.repository, history });
      return run.interrupted ? 1 : 0;
    } finally {
      await replayers.close();
      await mirror.close();
    }
  },
};

interface Told {
  readonly name: string;
  readonly history: Pick<Miner, "address">;
}

async function tell(context: CommandContext, run: BacktestRun, { report }: BacktestOptions, { name, history }: Told) {
  const summary = summarize(run);
  if (context.json) context.printJson(machineReadable(run, summary));
  else for (const line of renderBacktest(run, summary)) context.print(line);
  if (report === undefined) return;
  const address = await history.address();
  const text = renderReport(run, summary, { name: address?.replace(/^https:\/\/[^/]+\//, "") ?? name, address });
  try {
    await writeFile(report, text);
  } catch (cause) {
    throw new RemitError("usage", `--report: ${report} can't be written`, { audience: "user", cause });
  }
  if (!context.json) context.print(`\nThe report is in ${report}.`);
}

function machineReadable(
  { revision, since, until, cases, interrupted, found, results }: BacktestRun,
  summary: Summary,
) {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    revision,
    since: iso(since),
    until: iso(until),
    commits: found.commits,
    found: {
      rollbacks: found.rollbacks.length,
      unreplayable: found.unreplayable.length,
      actions: found.actions.length,
    },
    cases,
    interrupted,
    summary: { ...summary, slowest: undefined },
    results: results.map((result) => ({ ...result, at: iso(result.at) })),
  };
}
