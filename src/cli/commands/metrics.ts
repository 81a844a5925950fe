/** `remit metrics`: how fast and how well Remit worked in this repository, from git alone: the branch, and the ledger where there is one. Writes nothing but the plots. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import { openMiner } from "../../gitops/mirror/open-miner.ts";
import { ledgerBranch } from "../../ledger/ledger-record.ts";
import { computeMetrics } from "../../metrics/compute-metrics.ts";
import { gatherFacts } from "../../metrics/gather-facts.ts";
import { drawPlots } from "../../metrics/plots/draw-plots.ts";
import { type ReadTold, readTold } from "../../metrics/told/read-told.ts";
import type { Command, ExitCode } from "../command.ts";
import { withRepository } from "../map/open-repository.ts";
import { namedRevision } from "../named-revision.ts";
import { renderMetrics } from "../render-metrics.ts";
import { windowOption } from "../window-option.ts";

const defaultSpanMs = 90 * 24 * 60 * 60_000;
/** Of what `--json` prints. Goes up when a name goes or means something else. */
const jsonVersion = 2;

export const metrics: Command = {
  name: "metrics",
  summary: "how fast and how well Remit worked here, and DORA's four, from git alone",
  usage: `[--repo DIR] [--at REV] [--ledger REF] [--since WHEN] [--until WHEN] [--svg DIR]

--repo DIR     a git directory or work tree; the current directory otherwise
--at REV       the commit to read (40 or 64 hex digits); HEAD otherwise
--ledger REF   the ledger: a branch or a full commit id; remit/ledger otherwise, where it is here
--since WHEN   a date such as 2026-05-01, or a span such as 30d, 12w, 2y; 90d otherwise
--until WHEN   the same; now otherwise
--svg DIR      writes plots into the directory: shares.svg, times.svg, weeks.svg

Beside each number are its cases, and the range in which the real one lies with a probability of 95 %. What needs the ledger
has no number without one. docs/metrics.md defines each number.`,
  options: {
    repo: { type: "string" },
    at: { type: "string" },
    ledger: { type: "string" },
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
      async (mirror, revision, directory): Promise<ExitCode> => {
        const tip = await ledgerTip(mirror, context.text("ledger"));
        const read = tip === undefined ? undefined : await readTold(mirror, tip, window.until);
        const history = await openMiner(directory);
        const facts = await gatherFacts({ history, revision, ...window });
        const found = computeMetrics({ ...facts, told: read?.told });
        if (context.json) {
          const [since, until] = [window.since, window.until].map(iso);
          const weeks = found.weeks.map((week) => ({ ...week, from: iso(week.from) }));
          const ledger = read && { ledger: ledgerJson(tip, read) };
          context.printJson({ version: jsonVersion, revision, since, until, ...ledger, ...found, weeks });
        } else for (const line of renderMetrics(found, window, read)) context.print(line);
        const plots = context.text("svg");
        if (plots !== undefined) await write(plots, drawPlots(found));
        if (plots !== undefined && !context.json) context.print(`\nThe plots are in ${plots}.`);
        return 0;
      },
      ".",
    );
  },
};

/** A ledger that is asked for by name must be there. */
async function ledgerTip(mirror: Mirror, name: string | undefined): Promise<Revision | undefined> {
  const tip = await namedRevision(mirror, name ?? ledgerBranch);
  if (tip !== undefined || name === undefined) return tip;
  throw usage(`--ledger: neither a branch nor a commit ${JSON.stringify(name)} is in this repository`);
}

function ledgerJson(revision: Revision | undefined, { records, unreadable, from }: ReadTold) {
  return { revision, records, unreadable, ...(from === undefined ? {} : { from: iso(from) }) };
}

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
