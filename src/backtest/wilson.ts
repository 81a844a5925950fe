/** How sure a share is, with as few cases as a repository has: Wilson's score interval at 95 %. */

export interface Share {
  readonly part: number;
  readonly whole: number;
  /** 0 to 1; undefined of nothing. */
  readonly share: number | undefined;
  readonly low: number;
  readonly high: number;
}

const z = 1.959964;

export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { part, whole, share: undefined, low: 0, high: 1 };
  const share = part / whole;
  const scale = 1 + z ** 2 / whole;
  const middle = (share + z ** 2 / (2 * whole)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2));
  return {
    part,
    whole,
    share,
    low: part === 0 ? 0 : Math.max(0, middle - half),
    high: part === whole ? 1 : Math.min(1, middle + half),
  };
}
