/** `remit plan`: what Remit would do for an alert, from any git directory. Reads git, writes nothing, needs no network; asks registries where told to. */
import { readFile } from "node:fs/promises";
import type { Command as AskedCommand } from "../../actions/commands/command.ts";
import { parseCommand } from "../../actions/commands/parse-command.ts";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { wholeHistory } from "../../gitops/mirror/find-repository.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import type { Images } from "../../remediation/images.ts";
import type { PlanAnswer } from "../../remediation/plan-answer.ts";
import { planFromAlerts } from "../../remediation/plan-from-alerts.ts";
import { planFromCommand } from "../../remediation/plan-from-command.ts";
import { type RepositoryReader, repositoryReader } from "../../remediation/repository-reader.ts";
import { machineRenderer } from "../../server/rendering/machine-renderer.ts";
import { alertmanager } from "../../signals/alertmanager.ts";
import type { Command, CommandContext } from "../command.ts";
import { commitOption } from "../commit-option.ts";
import { registryOption, registryOptions, registryUsage } from "../registry-option.ts";
import { renderPlan } from "../render-plan.ts";
import { signatureOption, signatureOptions, signatureUsage } from "../signature-options.ts";

export const plan: Command = {
  name: "plan",
  summary: "what Remit would do for an alert or a command, as a diff with every reason",
  usage: `--repo DIR (--signal FILE | --command LINE) [--at REV] [--now ISO]

--repo DIR     a git directory or work tree
--signal FILE  an Alertmanager webhook body (version 4) with a firing alert
--command LINE what a person would comment, such as "/remit scale checkout 3 --environment production"
--at REV       the commit that Remit would find (40 or 64 hex digits); HEAD otherwise
--now ISO      the moment of the decision; otherwise now
${signatureUsage}
${registryUsage}
Where kustomize 5 (or a kubectl that brings it along) and helm 3.16 are in PATH, what would be applied is rendered
before and after, and has to differ in what the change declares only.

Ends with 0 for a change and 3 when it abstains.`,
  options: {
    repo: { type: "string" },
    signal: { type: "string" },
    command: { type: "string" },
    at: { type: "string" },
    now: { type: "string" },
    ...signatureOptions,
    ...registryOptions,
  },
  async run(context) {
    const now = instant(context);
    const asked = await question(context, now);
    const signatures = await signatureOption(context);
    const images = await registryOption(context);
    const renderer = machineRenderer(context.env.PATH);
    const mirror = await openLocalMirror(required(context, "repo"));
    try {
      // What was changed before isn't suspected then.
      if (mirror.isShallow)
        context.stderr.write(`remit plan: this clone holds only a part of its history: ${wholeHistory}\n`);
      const revision = await commitOption(mirror, "at", context.text("at"));
      const reader = repositoryReader(mirror, signatures, renderer);
      const answer = await asked(reader, revision, images);
      print(context, answer);
      return answer.outcome === "change" ? 0 : 3;
    } finally {
      await mirror.close();
    }
  },
};

/** What is asked of which repository: read before it is opened. */
async function question(
  context: CommandContext,
  now: number,
): Promise<(reader: RepositoryReader, revision: string, images: Images | undefined) => Promise<PlanAnswer>> {
  const line = context.text("command");
  if (line !== undefined) {
    if (context.text("signal") !== undefined) throw usage("takes --signal or --command, not both");
    const command = readCommand(line);
    return (reader, revision, images) => planFromCommand({ reader, revision, command, images, now });
  }
  const body = await signalBody(required(context, "signal"));
  return (reader, revision, images) => {
    const { repository } = reader.mirror;
    const signals = alertmanager.parse(body, { source: "plan", repository, observedAt: now });
    return planFromAlerts({ reader, revision, signals, images, now });
  };
}

function readCommand(line: string): AskedCommand {
  const parsed = parseCommand(line);
  if (parsed.outcome === "command") return parsed.command;
  const { message, usage: form } = parsed.mistake;
  throw usage(`--command: ${message}\n${form}`);
}

function print(context: CommandContext, answer: PlanAnswer): void {
  if (context.json) context.printJson(answer);
  else for (const line of renderPlan(answer)) context.print(line);
}

function required(context: CommandContext, option: string): string {
  const value = context.text(option);
  if (value === undefined) throw usage(`--${option} is missing`);
  return value;
}

function instant(context: CommandContext): number {
  const text = context.text("now");
  if (text === undefined) return systemClock.now();
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) throw usage(`--now wants a date such as 2026-11-20T17:00:00Z, not ${JSON.stringify(text)}`);
  return parsed;
}

async function signalBody(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new RemitError("usage", `--signal: ${file} can't be read`, { audience: "user", cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RemitError("usage", `--signal: ${file} isn't JSON`, { audience: "user", cause });
  }
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
