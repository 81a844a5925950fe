/** `remit test`: the cases that a policy must decide as written. Reads a directory; writes nothing but golden diffs and a report. */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { formatPolicyMistake } from "../../authority/format-policy-mistake.ts";
import { RemitError } from "../../errors.ts";
import { policyDirectory } from "../../remediation/policy-paths.ts";
import { isCovered } from "../../runbook-tests/coverage.ts";
import { junit } from "../../runbook-tests/junit.ts";
import { runSuite, type Suite } from "../../runbook-tests/run-suite.ts";
import { readTree } from "../../server/read-tree.ts";
import type { Command, CommandContext, ExitCode } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import { localWorkshop } from "../runbook-tests/local-workshop.ts";
import { renderSuite } from "../runbook-tests/render-suite.ts";

export const test: Command = {
  name: "test",
  summary: "run the tests of a policy: no cluster, no network, no key",
  usage: `[DIR] [--coverage] [--update] [--junit FILE.xml]

DIR               with authority.yaml, runbooks/ and tests/; .github/remit otherwise
--coverage        fails on a grant, condition or runbook's step that no case saw true, or none false, on a freeze
                  window that no case saw open, or none closed, and on a deployment's state that began no case
--update          writes the golden diffs that the cases name as Remit would change things now
--junit FILE.xml  writes the results as CI systems read them
Ends with 0 when all is as expected and 1 when it isn't.`,
  options: { coverage: { type: "boolean" }, update: { type: "boolean" }, junit: { type: "string" } },
  async run(context) {
    const directory = context.positionals[0] ?? policyDirectory;
    const files = await readTree(directory);
    if (files === undefined || files.size === 0) throw usage(`there are no files in ${directory}`);
    const bar = progressBar(context.stderr);
    const workshop = localWorkshop(directory);
    const suite = await runSuite({
      workshop,
      files,
      signal: context.signal,
      progress: bar.show,
    });
    bar.clear();
    if (suite.mistakes.length === 0 && suite.cases.length === 0) throw usage(`${directory}/tests holds no cases`);
    const report = context.text("junit");
    if (report !== undefined) await write(report, junit(suite.cases), "--junit");
    const told = context.flag("update") ? await update(context, suite, directory) : suite;
    tell(context, told);
    return exitCode(told, context.flag("coverage"));
  },
};

/** What was written is as expected from now on. */
async function update(context: CommandContext, suite: Suite, directory: string): Promise<Suite> {
  const cases = [];
  for (const each of suite.cases) {
    const stale = each.golden !== undefined && each.differences.some(({ what }) => what === "diff");
    if (stale && each.golden !== undefined) {
      const path = join(directory, each.golden.path);
      await mkdir(dirname(path), { recursive: true });
      await write(path, each.golden.text, "--update");
      if (!context.json) context.print(`wrote ${path}`);
    }
    cases.push({ ...each, differences: each.differences.filter(({ what }) => !stale || what !== "diff") });
  }
  return { ...suite, cases };
}

function tell(context: CommandContext, suite: Suite): void {
  if (!context.json) {
    for (const line of renderSuite(suite, { coverage: context.flag("coverage") })) context.print(line);
    return;
  }
  context.printJson({
    mistakes: suite.mistakes.map(formatPolicyMistake),
    interrupted: suite.interrupted,
    cases: suite.cases.map(({ file, name, differences, answer }) => ({
      file,
      name,
      passed: differences.length === 0,
      differences,
      answer,
    })),
    coverage: suite.coverage.map((rule) => ({ ...rule, covered: isCovered(rule) })),
  });
}

function exitCode({ mistakes, interrupted, cases, coverage }: Suite, covering: boolean): ExitCode {
  if (mistakes.length > 0 || interrupted) return 1;
  if (cases.some(({ differences }) => differences.length > 0)) return 1;
  return covering && !coverage.every(isCovered) ? 1 : 0;
}

async function write(path: string, text: string, option: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new RemitError("usage", `${option}: ${path} can't be written`, { audience: "user", cause });
  }
}

function usage(message: string): RemitError {
  return new RemitError("usage", `test: ${message}`, { audience: "user" });
}
