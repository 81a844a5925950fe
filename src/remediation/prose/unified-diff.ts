/** The difference of two texts in git's form, with three lines around each change. Meant for small changes in files of any size. */

const context = 3;
/** Beyond this many pairs of lines the changed part is shown as one block, removed and added. */
const pairLimit = 1_000_000;

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

export interface ChangedText {
  readonly path: string;
  /** undefined: there is no such file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Empty when the texts are the same. */
export function unifiedDiff({ path, before, after }: ChangedText): string {
  const lines = diffLines(splitLines(before ?? ""), splitLines(after ?? ""));
  if (lines.every((line) => line.mark === " ")) return "";
  const [from, to] = [
    before === undefined ? "/dev/null" : `a/${path}`,
    after === undefined ? "/dev/null" : `b/${path}`,
  ];
  return [`--- ${from}`, `+++ ${to}`, ...hunks(lines)].join("\n");
}

/** A last line without a newline is told apart from one with, as git does. */
function splitLines(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") return lines.slice(0, -1);
  return [...lines.slice(0, -1), `${lines.at(-1)}\n\\ No newline at end of file`];
}

function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (lines: readonly string[]) => lines.map((text) => ({ mark: " " as const, text }));
  return [
    ...same(before.slice(0, start)),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function diffMiddle(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length === after.length && before.length * after.length > pairLimit) return lineByLine(before, after);
  if (before.length * after.length > pairLimit) return [...marked("-", before), ...marked("+", after)];
  return longestCommon(before, after);
}

function marked(mark: "-" | "+", lines: readonly string[]): Line[] {
  return lines.map((text) => ({ mark, text }));
}

function lineByLine(before: readonly string[], after: readonly string[]): Line[] {
  return before.flatMap((text, index): Line[] => {
    const other = after[index] ?? "";
    return text === other
      ? [{ mark: " ", text }]
      : [
          { mark: "-", text },
          { mark: "+", text: other },
        ];
  });
}

/** The longest common subsequence, by the table of lengths from each pair of positions on. */
function longestCommon(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const left = before[i];
    const right = after[j];
    if (left !== undefined && left === right) {
      lines.push({ mark: " ", text: left });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: "-", text: left });
      i++;
    } else if (right !== undefined) {
      lines.push({ mark: "+", text: right });
      j++;
    }
  }
  return lines;
}

function hunks(lines: readonly Line[]): string[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.mark !== " "),
  );
  const result: string[] = [];
  let oldLine = 1;
  let newLine = 1;
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    if (line === undefined || !near[index]) {
      oldLine++;
      newLine++;
      index++;
      continue;
    }
    const endOfHunk = near.indexOf(false, index);
    const hunk = lines.slice(index, endOfHunk === -1 ? lines.length : endOfHunk);
    const oldCount = hunk.filter(({ mark }) => mark !== "+").length;
    const newCount = hunk.filter(({ mark }) => mark !== "-").length;
    result.push(`@@ -${range(oldLine, oldCount)} +${range(newLine, newCount)} @@`);
    result.push(...hunk.map(({ mark, text }) => `${mark}${text}`));
    oldLine += oldCount;
    newLine += newCount;
    index += hunk.length;
  }
  return result;
}

/** git counts an empty side from the line before it. */
function range(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`;
  return count === 1 ? `${start}` : `${start},${count}`;
}
