/** Whose changes a repository's people take back: counted from the messages of its own newest commits. */
import type { Commit } from "../mirror/mirror.ts";
import { isAutomated } from "./is-automated.ts";
import { undoingMessage } from "./undoing-message.ts";

export interface RevertHabits {
  readonly program: Share;
  readonly person: Share;
  /** Of the programs, each by itself; by the author's name. */
  readonly programs: ReadonlyMap<string, Share>;
}

export interface Share {
  /** Commits of such authors. */
  readonly commits: number;
  /** Those of them that a later one says it reverts. */
  readonly reverted: number;
}

const none: Share = { commits: 0, reverted: 0 };
export const noHabits: RevertHabits = { program: none, person: none, programs: new Map() };

/** Pure. `commits`: newest first, without gaps. A commit counts as reverted once, by its id or by its whole first line. */
export function revertHabits(commits: readonly Commit[]): RevertHabits {
  const person = { ...none };
  const programs = new Map<string, { commits: number; reverted: number }>();
  const ids = new Set<string>();
  const subjects = new Set<string>();
  for (const { id, author, message } of commits) {
    const own = isAutomated(author) ? (programs.get(author.name) ?? { ...none }) : person;
    if (own !== person) programs.set(author.name, own);
    const subject = message.split("\n", 1)[0] ?? "";
    own.commits += 1;
    if (ids.has(id.slice(0, shortest)) || subjects.has(subject)) own.reverted += 1;
    const said = undoingMessage(message);
    if (said === undefined || said.forward) continue;
    for (const commit of said.commits) ids.add(commit.slice(0, shortest));
    for (const text of said.subjects) subjects.add(text);
  }
  return { program: total([...programs.values()]), person, programs };
}

function total(shares: readonly Share[]): Share {
  return shares.reduce(
    (sum, { commits, reverted }) => ({ commits: sum.commits + commits, reverted: sum.reverted + reverted }),
    none,
  );
}

/** Abbreviated ids have at least this many digits. */
const shortest = 7;
