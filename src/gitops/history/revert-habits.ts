/** Whose changes a repository's people take back: counted from the messages of its own newest commits. */
import type { Commit } from "../mirror/mirror.ts";
import { isAutomated } from "./is-automated.ts";
import { undoingMessage } from "./undoing-message.ts";

export interface RevertHabits {
  readonly program: Share;
  readonly person: Share;
}

export interface Share {
  /** Commits of this kind of author. */
  readonly commits: number;
  /** Those of them that a later one says it reverts. */
  readonly reverted: number;
}

export const noHabits: RevertHabits = { program: { commits: 0, reverted: 0 }, person: { commits: 0, reverted: 0 } };

/** Pure. `commits`: newest first, without gaps. A commit counts as reverted once, by its id or by its whole first line. */
export function revertHabits(commits: readonly Commit[]): RevertHabits {
  const count = { program: { commits: 0, reverted: 0 }, person: { commits: 0, reverted: 0 } };
  const ids = new Set<string>();
  const subjects = new Set<string>();
  for (const { id, author, message } of commits) {
    const kind = count[isAutomated(author) ? "program" : "person"];
    const subject = message.split("\n", 1)[0] ?? "";
    kind.commits += 1;
    if (ids.has(id.slice(0, shortest)) || subjects.has(subject)) kind.reverted += 1;
    const said = undoingMessage(message);
    if (said === undefined || said.forward) continue;
    for (const commit of said.commits) ids.add(commit.slice(0, shortest));
    for (const text of said.subjects) subjects.add(text);
  }
  return count;
}

/** Abbreviated ids have at least this many digits. */
const shortest = 7;
