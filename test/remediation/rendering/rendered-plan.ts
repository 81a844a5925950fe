/** What Remit makes of a command in a real repository, with the renderers of this machine. */
import type { PlanAnswer } from "../../../src/remediation/plan-answer.ts";
import type { Renderer } from "../../../src/remediation/rendering/renderer.ts";
import { asked } from "../../actions/asked.ts";
import type { GitRepository } from "../../gitops/git-repository.ts";
import { renderer as local } from "../../support/rendering/describe-renderer.ts";

export function renderedPlan(
  repository: GitRepository,
  line: string,
  renderer: Renderer | undefined = local,
): Promise<PlanAnswer> {
  return asked(repository, line, { renderer });
}

/** `object field: from → to` of all that changes; or why nobody knows. */
export function effect({ rendered, effect: effects }: PlanAnswer): readonly string[] {
  if (rendered === undefined) return ["no word of it"];
  if ("not" in rendered) return [`not rendered: ${rendered.not}`];
  return effects.map(({ object, field, from, to }) => `${object} ${field}: ${from} → ${to}`);
}
