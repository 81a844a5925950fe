/** `remit lint`: rules of a policy that have no effect, or another one than their words say. Reads, and writes nothing. */

import { alertRules } from "../../authority/lint/alert-rules.ts";
import { lintFiles } from "../../authority/lint/lint-files.ts";
import type { Alerts } from "../../authority/lint/lint-runbook.ts";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { policyDirectory } from "../../remediation/policy-paths.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { readConfigFile } from "../../server/config/read-config-file.ts";
import { readTree } from "../../server/read-tree.ts";
import type { Target } from "../../target.ts";
import type { Command, CommandContext } from "../command.ts";
import { commitOption } from "../commit-option.ts";
import { renderLint } from "../render-lint.ts";

export const lint: Command = {
  name: "lint",
  summary: "find rules of a policy that have no effect, or another one than their words say",
  usage: `[DIR] [--repo DIR] [--at REV] [--config FILE] [--strict]

DIR            with authority.yaml and runbooks/; otherwise ${policyDirectory} of --repo's commit, or of the current directory
--repo DIR     a git directory or work tree: names are compared with its targets, and alerts with its alerting rules
--at REV       the commit of it to read (40 or 64 hex digits); HEAD otherwise
--config FILE  remit.yaml: which alerts its sources may raise
--strict       a warning fails, too
Ends with 0 when nothing is found, or warnings only, and with 1 when there is an error. docs/lint.md explains the codes.`,
  options: {
    repo: { type: "string" },
    at: { type: "string" },
    config: { type: "string" },
    strict: { type: "boolean" },
  },
  async run(context) {
    const [directory, ...others] = context.positionals;
    if (others.length > 0) throw usage("wants one directory at most");
    const told = await repositoryOf(context);
    const files =
      directory === undefined && told !== undefined ? told.policy : await texts(directory ?? policyDirectory);
    if (files.size === 0) throw usage(`there are no files in ${directory ?? policyDirectory}`);
    const admitted = await admittedAlerts(context);
    const findings = lintFiles({
      files,
      targets: told?.targets,
      alerts: { admitted, defined: told?.alerts ?? [] },
      now: systemClock.now(),
    });
    if (context.json) context.printJson({ findings, compared: told !== undefined });
    else for (const line of renderLint({ findings, compared: told !== undefined })) context.print(line);
    return findings.some(({ severity }) => severity === "error" || context.flag("strict")) ? 1 : 0;
  },
};

interface Told {
  readonly policy: ReadonlyMap<string, string>;
  readonly targets: readonly Target[];
  readonly alerts: Alerts["defined"];
}

async function repositoryOf(context: CommandContext): Promise<Told | undefined> {
  const directory = context.text("repo");
  if (directory === undefined) {
    if (context.text("at") !== undefined) throw usage("--at goes with --repo");
    return undefined;
  }
  const mirror = await openLocalMirror(directory);
  try {
    return await read(mirror, await commitOption(mirror, "at", context.text("at")));
  } finally {
    await mirror.close();
  }
}

async function read(mirror: Mirror, revision: Revision): Promise<Told> {
  const { targets } = await repositoryReader(mirror).catalogue(revision);
  const files = await mirror.files(revision);
  const ours = files.filter(({ path }) => path.startsWith(`${policyDirectory}/`));
  return {
    policy: new Map(ours.map(({ path, text }) => [path.slice(policyDirectory.length + 1), text])),
    targets: targets.map(({ target }) => target),
    alerts: files.filter((file) => !ours.includes(file)).flatMap(({ text }) => alertRules(text)),
  };
}

async function texts(directory: string): Promise<ReadonlyMap<string, string>> {
  const tree = (await readTree(directory)) ?? new Map<string, Uint8Array>();
  return new Map([...tree].map(([path, bytes]) => [path, Buffer.from(bytes).toString("utf8")]));
}

/** undefined where a source may raise any. */
async function admittedAlerts({ env, ...context }: CommandContext): Promise<Alerts["admitted"]> {
  const path = context.text("config");
  if (path === undefined) return undefined;
  const { file } = await readConfigFile({ path, env });
  const [mistake] = file.mistakes;
  if (mistake !== undefined) throw usage(`--config: ${path}: ${mistake.message}`);
  const sources = (file.content.sources ?? []).filter(({ type }) => type === "alertmanager");
  return sources.some(({ alerts }) => alerts === undefined) ? undefined : sources.flatMap(({ alerts = [] }) => alerts);
}

function usage(message: string): RemitError {
  return new RemitError("usage", `lint: ${message}`, { audience: "user" });
}
