/** A rollback that is pinned for three days, in a real repository: what it writes, and that its end and its undo leave no byte behind. */
import { expect, onTestFinished } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import { standingLeases } from "../../../src/remediation/standing-leases.ts";
import type { GitRepository } from "../../gitops/git-repository.ts";
import { leaseMessage } from "../../support/lease-message.ts";
import { ago, asked, codes, day, now, written } from "../asked.ts";

type Files = Readonly<Record<string, string>>;

export interface PinnedRollback {
  /** What it writes beside what a rollback without a pin does. */
  readonly pins: Files;
  /** What such a rollback writes. */
  readonly restored: Files;
  readonly risks: readonly string[];
}

/** Merged, then ended by its time, and in another world undone: the files are what they were, to the byte. */
export async function pinned(repository: GitRepository, line = "/remit rollback checkout"): Promise<PinnedRollback> {
  const plain = written(await asked(repository, line)) as Files;
  const answer = await asked(repository, `${line} --for 3d`);
  expect({ ...answer, codes: codes(answer) }).toMatchObject({ outcome: "change", expiresAt: now + 3 * day * 60_000 });
  const all = written(answer) as Files;
  const pins = Object.fromEntries(Object.entries(all).filter(([path]) => !Object.hasOwn(plain, path)));
  const restored = Object.fromEntries(Object.entries(all).filter(([path]) => Object.hasOwn(plain, path)));
  expect(restored).toEqual(plain);
  const before = textsAt(repository, Object.keys(all));
  const commit = merge(repository, all, Object.keys(pins), answer.target?.environment);
  const undo = await asked(repository, `/remit undo ${commit.slice(0, 12)}`);
  expect(written(undo)).toEqual(before);
  expect(await endOf(repository)).toEqual(Object.fromEntries(Object.keys(pins).map((path) => [path, before[path]])));
  const risks = new Set(codes(answer).filter((code) => /writer$|^shared-field$/.test(code)));
  return { pins, restored, risks: [...risks] };
}

/** Why none is had. */
export async function unpinned(repository: GitRepository, line = "/remit rollback checkout"): Promise<string> {
  const answer = await asked(repository, `${line} --for 3d`);
  expect([answer.outcome, [...new Set(codes(answer))]]).toEqual(["abstain", ["pin-unclear"]]);
  return answer.reasons.map(({ message }) => message).join("; ");
}

function textsAt(repository: GitRepository, paths: readonly string[]): Files {
  // `git()` cuts white space at the end, which every file here ends with once.
  return Object.fromEntries(paths.map((path) => [path, `${repository.git("show", `HEAD:${path}`)}\n`]));
}

function merge(repository: GitRepository, files: Files, paths: readonly string[], environment: string | undefined) {
  const target = environment === undefined ? "checkout" : `checkout/${environment}`;
  const message = leaseMessage({ action: "rollback", target, expiresAt: now - 60_000, paths });
  return repository.commit(files, { at: ago(30), message });
}

async function endOf(repository: GitRepository): Promise<Readonly<Record<string, string | undefined>>> {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const leases = await standingLeases(repositoryReader(mirror), await mirror.head(), now);
  const end = leases === "unreadable" ? undefined : leases[0]?.end;
  if (end?.outcome !== "candidate") throw new Error(`no end: ${JSON.stringify(end)}`);
  return Object.fromEntries(end.candidate.files.map(({ path, after }) => [path, after]));
}
