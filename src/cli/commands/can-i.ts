/** `remit can-i`: what the policy allows, operand by operand. Reads git, writes nothing, needs no network. */
import { actionNames } from "../../actions/catalogue.ts";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { nearestWord } from "../../nearest-word.ts";
import { canDo } from "../../remediation/can-do.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { targetName } from "../../target.ts";
import type { Command } from "../command.ts";
import { withRepository } from "../map/open-repository.ts";
import { selectTargets } from "../map/select-targets.ts";
import { signatureOption, signatureOptions, signatureUsage } from "../signature-options.ts";

export const canI: Command = {
  name: "can-i",
  summary: "what the policy allows, operand by operand, and what would allow more",
  usage: `ACTION SERVICE --repo DIR [--environment E] [--alert NAME] [--time ISO] [--at REV]

ACTION            ${actionNames.join(", ")}
SERVICE           as the repository spells it
--repo DIR        a git directory or work tree
--environment E   only this environment; otherwise one answer for each
--alert NAME      the alert that would lead to it: decides which runbook holds
--time ISO        the moment of the decision; otherwise now
--at REV          the commit to read (40 or 64 hex digits); HEAD otherwise
${signatureUsage}
What only a real alert and a real change can tell, such as the evidence, is left out.
Ends with 0 where Remit may merge by itself, and with 3 where a person has to act.`,
  options: {
    repo: { type: "string" },
    environment: { type: "string" },
    alert: { type: "string" },
    time: { type: "string" },
    at: { type: "string" },
    ...signatureOptions,
  },
  run: (context) =>
    withRepository(context, async (mirror, revision) => {
      const [action, service, ...others] = context.positionals;
      if (action === undefined || service === undefined || others.length > 0)
        throw usage("wants an action and a service");
      if (!actionNames.some((known) => known === action))
        throw usage(`there is no action ${JSON.stringify(action)}${hint(action)}`);
      const now = momentOf(context.text("time"));
      const reader = repositoryReader(mirror, await signatureOption(context));
      const entries = selectTargets(await reader.catalogue(revision), service, context.text("environment"));
      const answers = [];
      for (const { target } of entries) {
        answers.push({
          target,
          ...(await canDo({ reader, revision, action, target, alert: context.text("alert"), now })),
        });
      }
      if (context.json) context.printJson({ revision, action, answers });
      else for (const answer of answers) for (const line of lines(action, answer)) context.print(line);
      return answers.every(({ tier }) => tier === "merge" || tier === "delay") ? 0 : 3;
    }),
};

type Answer = Awaited<ReturnType<typeof canDo>> & { readonly target: Parameters<typeof targetName>[0] };

function lines(action: string, { target, tier, enforced, chain, next }: Answer): readonly string[] {
  return [
    `${action} ${targetName(target)}: ${tier}${enforced === undefined ? "" : ` (${enforced} if its grants were enforced)`}`,
    ...chain.map((operand) => `  ${operand.name.padEnd(10)} ${operand.tier.padEnd(8)} ${operand.reason.message}`),
    ...(next === undefined
      ? []
      : [`For ${next.tier}:`, ...next.changes.map(({ operand, change }) => `  ${operand.padEnd(10)} ${change}`)]),
    "",
  ];
}

function hint(action: string): string {
  const near = nearestWord(action, actionNames);
  return near === undefined ? `: one of ${actionNames.join(", ")}` : `, did you mean ${near}?`;
}

function momentOf(text: string | undefined): number {
  if (text === undefined) return systemClock.now();
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed))
    throw usage(`--time wants a date such as 2026-11-20T17:00:00Z, not ${JSON.stringify(text)}`);
  return parsed;
}

function usage(message: string): RemitError {
  return new RemitError("usage", `can-i: ${message}`, { audience: "user" });
}
