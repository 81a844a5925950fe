/** `41 of 42 (97.6 %, 87.7 to 99.6 %)`: with what the numbers allow to say at 95 %. */
import type { Share } from "./wilson.ts";

export function formatShare({ part, whole, share, low, high }: Share): string {
  if (share === undefined) return "none";
  return `${part} of ${whole} (${percent(share)} %, ${percent(low)} to ${percent(high)} %)`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
