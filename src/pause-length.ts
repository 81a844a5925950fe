/** How long a limit pauses a lane. `before`: how many in a row came before it. */
export function pauseLengthMs(saidMs: number | undefined, before: number): number {
  return saidMs ?? Math.min(longestMs, firstMs * 2 ** Math.min(20, before));
}

/** GitHub's own advice where it says nothing: at least a minute, then exponentially longer. */
const firstMs = 60_000;
const longestMs = 60 * 60_000;
