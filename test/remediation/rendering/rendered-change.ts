/** What renderers say of a change that somebody wrote down, whatever Remit would have chosen itself. */
import { onTestFinished } from "vitest";
import type { ActionResult } from "../../../src/actions/candidate.ts";
import { lineEffects } from "../../../src/actions/line-effects.ts";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import type { Reason } from "../../../src/reason.ts";
import { renderCandidate } from "../../../src/remediation/rendering/render-candidate.ts";
import type { Renderer } from "../../../src/remediation/rendering/renderer.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import type { Target } from "../../../src/target.ts";
import { gitRepository } from "../../gitops/git-repository.ts";
import { renderer as local } from "../../support/rendering/describe-renderer.ts";
import { candidate } from "../../support/situation.ts";

type Files = Readonly<Record<string, string>>;

export interface ChangeOptions {
  readonly target?: Partial<Target>;
  readonly renderer?: Renderer;
  /** What stood there before the files, in a commit of its own; the change takes the next one back. */
  readonly past?: Files;
  readonly links?: Readonly<Record<string, string>>;
  /** What is known of the change before it is rendered. */
  readonly risks?: readonly Reason[];
}

/** Tells effects, a code, or why nothing was rendered. */
export async function renderedChange(
  files: Files,
  after: Files,
  options: ChangeOptions = {},
): Promise<readonly string[]> {
  const result = await renderedResult(files, after, options);
  if (result.outcome === "refused") return result.reasons.map(({ code, message }) => `${code}: ${message}`);
  const { rendered } = result.candidate;
  if (rendered?.kind !== "rendered") return [`not rendered: ${rendered?.why}`];
  return rendered.effects.map(
    ({ object, field, from, to, environment }) =>
      `${environment === undefined ? "" : `${environment}: `}${object} ${field}: ${from} → ${to}`,
  );
}

/** `after`: new texts of some of the files. */
export async function renderedResult(files: Files, after: Files, options: ChangeOptions = {}): Promise<ActionResult> {
  const { past, links = {}, renderer = local, target = {}, risks = [] } = options;
  const repository = gitRepository();
  if (past !== undefined) repository.commit({ ...files, ...past });
  for (const [path, to] of Object.entries(links)) repository.link(path, to);
  const suspect = repository.commit(files);
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const changes = Object.entries(after).map(([path, text]) => ({ path, before: files[path], after: text }));
  return renderCandidate(
    repositoryReader(mirror, undefined, renderer),
    suspect,
    candidate({
      target: { service: "checkout", environment: "production", namespace: undefined, ...target },
      effects: [],
      risks,
      lines: lineEffects(changes),
      files: changes,
      suspect: past === undefined ? undefined : suspect,
    }),
  );
}
