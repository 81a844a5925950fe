/** What was found lately answers for a while, and whoever asks meanwhile shares it. What failed is tried again. */
import type { Clock, Instant } from "../../clock.ts";

export function lately<T>(clock: Clock, forMs: number, find: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: Instant; readonly found: Promise<T> } | undefined;
  return () => {
    const now = clock.now();
    if (last !== undefined && Math.abs(now - last.at) < forMs) return last.found;
    const current = { at: now, found: find() };
    last = current;
    current.found.catch(() => {
      if (last === current) last = undefined;
    });
    return current.found;
  };
}
