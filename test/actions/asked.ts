/** What Remit makes of a command, in a real repository. */
import { expect, onTestFinished } from "vitest";
import { parseCommand } from "../../src/actions/commands/parse-command.ts";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import type { Images } from "../../src/remediation/images.ts";
import type { PlanAnswer } from "../../src/remediation/plan-answer.ts";
import { planFromCommand } from "../../src/remediation/plan-from-command.ts";
import type { Renderer } from "../../src/remediation/rendering/renderer.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";

export const now = Date.parse("2026-11-20T12:00:00Z");
export const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
export const day = 24 * 60;

type Files = Readonly<Record<string, string>>;

/** One commit for each set of files, the first a month ago, the last an hour ago. */
export function history(...commits: readonly Files[]): GitRepository {
  const repository = gitRepository();
  for (const [index, files] of commits.entries()) {
    const at = index === 0 ? ago(30 * day) : ago((commits.length - index) * 60);
    repository.commit(files, { message: `commit ${index}`, at });
  }
  return repository;
}

export async function asked(
  repository: GitRepository,
  line: string,
  { images, renderer }: { readonly images?: Images; readonly renderer?: Renderer | undefined } = {},
): Promise<PlanAnswer> {
  const parsed = parseCommand(line);
  expect(parsed).toMatchObject({ outcome: "command" });
  if (parsed.outcome === "mistake") throw new Error(parsed.mistake.message);
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const revision = await mirror.head();
  const reader = repositoryReader(mirror, undefined, renderer);
  return planFromCommand({ reader, revision, command: parsed.command, images, now });
}

/** The new texts, by path. */
export const written = ({ files }: PlanAnswer) => Object.fromEntries(files.map(({ path, content }) => [path, content]));

export const codes = ({ reasons }: PlanAnswer) => reasons.map(({ code }) => code);
