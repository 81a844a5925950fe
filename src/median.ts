/** The middle of numbers in order; of an even number of them the mean of both in the middle. undefined: there are none. */
export function median(sorted: readonly number[]): number | undefined {
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
