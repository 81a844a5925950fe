const longest = 80;

/** A value from the repository as one short piece of a sentence: without control, format and line characters. */
export function readable(value: string | undefined): string {
  if (value === undefined) return "nothing";
  const line = value.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
