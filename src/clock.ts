/** Time as an argument: the pure rooms receive instants, the others a `Clock`. */

/** Milliseconds since the Unix epoch. */
export type Instant = number;

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };
