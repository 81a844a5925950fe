/** `remit plan`: what Remit would do for an alert, from any git directory. Reads git, writes nothing, needs no network. */
import { readFile } from "node:fs/promises";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { type PlanAnswer, planFromAlerts } from "../../remediation/plan-from-alerts.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { alertmanager } from "../../signals/alertmanager.ts";
import type { Command, CommandContext } from "../command.ts";
import { commitOption } from "../commit-option.ts";
import { renderPlan } from "../render-plan.ts";
import { signatureOption, signatureOptions, signatureUsage } from "../signature-options.ts";

export const plan: Command = {
  name: "plan",
  summary: "what Remit would do for an alert, as a diff with every reason",
  usage: `--repo DIR --signal FILE [--at REV] [--now ISO]

--repo DIR     a git directory or work tree
--signal FILE  an Alertmanager webhook body (version 4) with a firing alert
--at REV       the commit that Remit would find (40 or 64 hex digits); HEAD otherwise
--now ISO      the moment of the decision; otherwise now
${signatureUsage}
Ends with 0 for a change and 3 when it abstains.`,
  options: {
    repo: { type: "string" },
    signal: { type: "string" },
    at: { type: "string" },
    now: { type: "string" },
    ...signatureOptions,
  },
  async run(context) {
    const now = instant(context);
    const body = await signalBody(required(context, "signal"));
    const signatures = await signatureOption(context);
    const mirror = await openLocalMirror(required(context, "repo"));
    try {
      const revision = await commitOption(mirror, "at", context.text("at"));
      const signals = alertmanager.parse(body, { source: "plan", repository: mirror.repository, observedAt: now });
      const answer = await planFromAlerts({ reader: repositoryReader(mirror, signatures), revision, signals, now });
      print(context, answer);
      return answer.outcome === "change" ? 0 : 3;
    } finally {
      await mirror.close();
    }
  },
};

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
