/** Customers: a stream of requests to a service, as many as are wanted at the moment, failures included. */
import { setTimeout as pause } from "node:timers/promises";

export interface LoadGenerator {
  close(): Promise<void>;
}

const timeoutMs = 2_000;

export function startLoad(url: string, requestsPerSecond: () => number): LoadGenerator {
  const stopping = new AbortController();
  const underway = new Set<Promise<void>>();
  const visit = async () => {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(url, { signal });
    await response.arrayBuffer();
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      const visiting = visit()
        .catch(() => {})
        .finally(() => underway.delete(visiting));
      underway.add(visiting);
      await pause(1_000 / requestsPerSecond(), undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = loop();
  return {
    async close() {
      stopping.abort();
      await running;
      await Promise.all(underway);
    },
  };
}
