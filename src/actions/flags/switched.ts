/** A word with two states, such as `true`, `Enabled` or `0`, in the other one. */

const pairs = [
  ["true", "false"],
  ["on", "off"],
  ["yes", "no"],
  ["enabled", "disabled"],
  ["1", "0"],
] as const;

/** In the same letters: `True` becomes `False`. undefined where the value has no two states. */
export function switched(value: string, on: boolean): string | undefined {
  const pair = pairs.find((words) => words.some((word) => word === value.toLowerCase()));
  if (pair === undefined) return undefined;
  const word = pair[on ? 0 : 1];
  if (value === value.toLowerCase()) return word;
  return value === value.toUpperCase() ? word.toUpperCase() : `${word[0]?.toUpperCase()}${word.slice(1)}`;
}
