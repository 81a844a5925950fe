/** `remit gate`: what merging one commit into another changes, and whether the base's policy allows it. Runs nothing of either. */
import { RemitError } from "../../errors.ts";
import type { Mirror } from "../../gitops/mirror/mirror.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { checkOf, type GateAnswer, gateRevisions } from "../../remediation/gate-revisions.ts";
import { diffSummary } from "../../remediation/prose/diff-summary.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { machineRenderer } from "../../server/rendering/machine-renderer.ts";
import type { Command, CommandContext } from "../command.ts";
import { commitOption, isFullId } from "../commit-option.ts";
import { renderGate } from "../render-gate.ts";
import { signatureOption, signatureOptions, signatureUsage } from "../signature-options.ts";

export const gate: Command = {
  name: "gate",
  summary: "what a pull request changes for which target, and whether the base's policy allows it",
  usage: `--base REV --head REV [--repo DIR] [--json | --markdown] [--check] [--render]

--base REV   what would be merged into: a full commit id, a branch, or HEAD; the policy is read from it
--head REV   what would be merged; nothing of it is run, and no text of a pull request is read
--repo DIR   a git directory or work tree; otherwise the current directory
--markdown   the summary that the check remit/gate shows
--render     render what is applied, before and after, with kustomize 5 and helm 3.16 where they are in PATH: it has to differ
             as the files say. They read what the head holds, which anybody may have written
--check      end as the check run does: with 3 only where the policy makes the gate required
${signatureUsage}
Otherwise ends with 0 where Remit might at least propose such a change, and with 3 where the gate says no.`,
  options: {
    base: { type: "string" },
    head: { type: "string" },
    repo: { type: "string" },
    markdown: { type: "boolean" },
    check: { type: "boolean" },
    render: { type: "boolean" },
    ...signatureOptions,
  },
  async run(context) {
    const [base, head] = [required(context, "base"), required(context, "head")];
    if (context.json && context.flag("markdown")) throw usage("--json and --markdown don't go together");
    const signatures = await signatureOption(context);
    const mirror = await openLocalMirror(context.text("repo") ?? ".");
    try {
      const revisions = [await revisionOf(mirror, "base", base), await revisionOf(mirror, "head", head)] as const;
      const renders = context.flag("render");
      const renderer = renders ? machineRenderer(context.env.PATH) : undefined;
      const answer = await gateRevisions(repositoryReader(mirror, signatures, renderer), ...revisions, { renders });
      print(context, answer);
      return (context.flag("check") ? checkOf(answer).check : answer.verdict.conclusion) === "failure" ? 3 : 0;
    } finally {
      await mirror.close();
    }
  },
};

function print(context: CommandContext, answer: GateAnswer): void {
  if (context.json) context.printJson(answer);
  else if (context.flag("markdown")) for (const line of diffSummary(answer).split("\n")) context.print(line);
  else for (const line of renderGate(answer)) context.print(line);
}

function required(context: CommandContext, option: string): string {
  const value = context.text(option);
  if (value === undefined) throw usage(`--${option} is missing`);
  return value;
}

/** A full commit id, the name of a branch, or HEAD. */
async function revisionOf(mirror: Mirror, option: string, revision: string): Promise<string> {
  if (revision === "HEAD" || isFullId(revision)) {
    return commitOption(mirror, option, revision === "HEAD" ? undefined : revision);
  }
  const found = await mirror.branchHead(revision);
  if (found !== undefined) return found;
  throw usage(`--${option}: ${JSON.stringify(revision)} is neither a full commit id nor a branch`);
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
