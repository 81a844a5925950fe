/** The one way to GitHub: counts every request, and gives up on one that takes too long. */
export function countingFetch(options: {
  readonly fetch: typeof fetch | undefined;
  readonly timeoutMs: number;
  readonly count: () => void;
}): typeof fetch {
  return (input, init) => {
    options.count();
    const timeout = AbortSignal.timeout(options.timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const send = options.fetch ?? globalThis.fetch;
    return send(input, { ...init, signal });
  };
}
