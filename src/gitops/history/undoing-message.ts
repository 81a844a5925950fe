/** What a commit message says that it undoes. The text is only ever compared with the repository's own commits. */

export interface UndoingMessage {
  /** Commit ids, abbreviated or full, lowercase. */
  readonly commits: readonly string[];
  /** First lines of messages. */
  readonly subjects: readonly string[];
  /** A revert of a revert: something is put forward again, and nothing is undone. */
  readonly forward: boolean;
}

const undoes = /\b(?:reverts?|reverting|reverted|roll(?:ing|ed|s)?[ -]?back|rollbacks?)\b/i;
const commitLine = /\brevert(?:s|ed|ing)?(?: the)? (?:commit )?([0-9a-f]{7,64})\b/gi;
const quoted = /\brevert(?:s|ed|ing)? "(.+)"/gi;

/** undefined for a message that speaks of no undoing. */
export function undoingMessage(message: string): UndoingMessage | undefined {
  if (!undoes.test(message)) return undefined;
  const subject = message.split("\n", 1)[0] ?? "";
  return {
    commits: [...message.matchAll(commitLine)].map(([, id = ""]) => id.toLowerCase()),
    subjects: [...message.matchAll(quoted)].map(([, text = ""]) => text),
    forward: isForward(subject),
  };
}

/** `Revert "Revert "…""`: an even number of them puts forward again. */
function isForward(subject: string): boolean {
  if (/^\W*reapply\b/i.test(subject)) return true;
  const depth = [...subject.matchAll(/\brevert (?=")/gi)].length;
  return depth > 0 && depth % 2 === 0;
}
