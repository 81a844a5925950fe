/** `remit metrics`: how fast and how well Remit worked in this repository, from git alone. Writes nothing but the plots. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { openMiner } from "../../gitops/mirror/open-miner.ts";
import { computeMetrics } from "../../metrics/compute-metrics.ts";
import { gatherFacts } from "../../metrics/gather-facts.ts";
import { drawPlots } from "../../metrics/plots/draw-plots.ts";
import type { Command, ExitCode } from "../command.ts";
import { withRepository } from "../map/open-repository.ts";
import { renderMetrics } from "../render-metrics.ts";
import { windowOption } from "../window-option.ts";

const defaultSpanMs = 90 * 24 * 60 * 60_000;
/** Of what `--json` prints. Goes up when a name goes or means something else. */
const jsonVersion = 1;

export const metrics: Command = {
  name: "metrics",
  summary: "how fast and how well Remit worked here, and DORA's four, from git alone",
  usage: `[--repo DIR] [--at REV] [--since WHEN] [--until WHEN] [--svg DIR]

--repo DIR     a git directory or work tree; the current directory otherwise
--at REV       the commit to read (40 or 64 hex digits); HEAD otherwise
--since WHEN   a date such as 2026-05-01, or a span such as 30d, 12w, 2y; 90d otherwise
--until WHEN   the same; now otherwise
--svg DIR      writes plots into the directory: shares.svg, times.svg, weeks.svg

Beside each number are its cases, and the range in which the real one lies with a probability of 95 %. What git can't tell
is said to be unknown. docs/metrics.md defines each number.`,
  options: {
    repo: { type: "string" },
    at: { type: "string" },
    since: { type: "string" },
    until: { type: "string" },
    svg: { type: "string" },
  },
  async run(context) {
    const [extra] = context.positionals;
    if (extra !== undefined) throw usage(`expected options only, not ${JSON.stringify(extra)}`);
    const window = windowOption("metrics", context, systemClock.now(), defaultSpanMs);
    return withRepository(
      context,
      async (_mirror, revision, directory): Promise<ExitCode> => {
        const history = await openMiner(directory);
        const found = computeMetrics(await gatherFacts({ history, revision, ...window }));
        if (context.json) {
          const [since, until] = [window.since, window.until].map(iso);
          const weeks = found.weeks.map((week) => ({ ...week, from: iso(week.from) }));
          context.printJson({ version: jsonVersion, revision, since, until, ...found, weeks });
        } else for (const line of renderMetrics(found, window)) context.print(line);
        const plots = context.text("svg");
        if (plots !== undefined) await write(plots, drawPlots(found));
        if (plots !== undefined && !context.json) context.print(`\nThe plots are in ${plots}.`);
        return 0;
      },
      ".",
    );
  },
};

function iso(at: number): string {
  return new Date(at).toISOString();
}

async function write(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    for (const [name, text] of files) await writeFile(join(directory, name), text);
  } catch (cause) {
    throw new RemitError("usage", `--svg: ${directory} can't be written into`, { audience: "user", cause });
  }
}

function usage(message: string): RemitError {
  return new RemitError("usage", `metrics: ${message}\nTry remit metrics --help`, { audience: "user" });
}
