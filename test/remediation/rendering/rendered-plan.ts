/** What Remit makes of a command in a real repository, with the renderers of this machine. */
import { expect, onTestFinished } from "vitest";
import { parseCommand } from "../../../src/actions/commands/parse-command.ts";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import type { PlanAnswer } from "../../../src/remediation/plan-answer.ts";
import { planFromCommand } from "../../../src/remediation/plan-from-command.ts";
import type { Renderer } from "../../../src/remediation/rendering/renderer.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import { now } from "../../actions/asked.ts";
import type { GitRepository } from "../../gitops/git-repository.ts";
import { renderer as local } from "../../support/rendering/describe-renderer.ts";

export async function renderedPlan(
  repository: GitRepository,
  line: string,
  renderer: Renderer | undefined = local,
): Promise<PlanAnswer> {
  const parsed = parseCommand(line);
  expect(parsed).toMatchObject({ outcome: "command" });
  if (parsed.outcome === "mistake") throw new Error(parsed.mistake.message);
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const revision = await mirror.head();
  const reader = repositoryReader(mirror, undefined, renderer);
  return planFromCommand({ reader, revision, command: parsed.command, now });
}

/** `object field: from → to` of all that changes; or why nobody knows. */
export function effect({ rendered, effect: effects }: PlanAnswer): readonly string[] {
  if (rendered === undefined) return ["no word of it"];
  if ("not" in rendered) return [`not rendered: ${rendered.not}`];
  return effects.map(({ object, field, from, to }) => `${object} ${field}: ${from} → ${to}`);
}
