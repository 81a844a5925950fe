/** Renews a lease three times in its life for as long as the work goes on, so that only the dead and the stuck lose it. */

/** A renewal that fails is tried again at the next turn: the lease itself says when it is too late. */
export async function keepAlive<T>(leaseMs: number, renew: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void renew().catch(() => {}), leaseMs / 3);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
