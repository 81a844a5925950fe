/** Finds the commits that a change could be the inverse of, without comparing each with each. */
import { digest } from "../digest.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Change } from "./inverse.ts";

export class EarlierChanges {
  readonly #byKey = new Map<string, Change[]>();
  readonly #byId = new Map<Revision, MinedCommit>();
  readonly #bySubject = new Map<string, MinedCommit[]>();

  /** Newest first, both. */
  constructor(commits: readonly MinedCommit[], small: readonly Change[]) {
    for (const commit of commits) {
      this.#byId.set(commit.id, commit);
      for (const subject of subjectsOf(commit)) add(this.#bySubject, subject, commit);
    }
    for (const change of small) for (const key of keysOf(change, "done")) add(this.#byKey, key, change);
  }

  /** By an id or the beginning of one; undefined where several begin so. */
  named(id: string): MinedCommit | undefined {
    const whole = this.#byId.get(id);
    if (whole !== undefined) return whole;
    const found = [...this.#byId.values()].filter((commit) => commit.id.startsWith(id));
    return found.length === 1 ? found[0] : undefined;
  }

  /** The newest commit before `commit` with that subject. */
  titled(subject: string, commit: MinedCommit): MinedCommit | undefined {
    const titled = this.#bySubject.get(subjectOf(subject)) ?? [];
    return titled.find((other) => other.id !== commit.id && other.committedAt <= commit.committedAt);
  }

  /** Small changes that did, by file or by line, the opposite; newest first. */
  opposites(change: Change): readonly Change[] {
    const found = new Set(keysOf(change, "undone").flatMap((key) => this.#byKey.get(key) ?? []));
    found.delete(change);
    return [...found].filter(({ commit }) => commit.committedAt <= change.commit.committedAt);
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The title of what a merge brought in stands below its own. */
function subjectsOf({ message, parents }: MinedCommit): ReadonlySet<string> {
  const brought = parents.length > 1 ? [/\n\n([^\n]+)/.exec(message)?.[1] ?? ""] : [];
  return new Set([message, ...brought].map(subjectOf));
}

/** Without the pull request's number, which a squash adds. */
function subjectOf(message: string): string {
  return (message.split("\n", 1)[0] ?? "").replace(/(?:\s*\(#\d+\))+\s*$/, "").trim();
}

function keysOf({ commit: { files }, hunks }: Change, side: "done" | "undone"): readonly string[] {
  const turn = <T>(before: T, after: T): T[] => (side === "done" ? [before, after] : [after, before]);
  const objects = files.map(({ path, objectBefore, objectAfter }) => [path, ...turn(objectBefore, objectAfter)]);
  const lines = hunks.map(({ file, removed, added }) => [files[file]?.path ?? "", ...turn(removed, added)]);
  return [digest(["objects", objects], 24), digest(["lines", lines], 24)];
}
