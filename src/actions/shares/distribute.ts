/**
 * Shares of traffic in which one gets so many percent, and the others keep their proportions among them. The sum stays what it
 * was, to the unit: what rounding leaves over goes to the largest remainders, the first of equal ones.
 */
export type Distribution = { readonly weights: readonly number[] } | { readonly impossible: string };

/** `weights`: whole numbers from 0. `of`: the one that gets `percent`, from 0 to 100. */
export function distribute(weights: readonly number[], of: number, percent: number): Distribution {
  const total = sum(weights);
  if (total === 0) return { impossible: "no backend gets any traffic now" };
  const own = (total * percent) / 100;
  if (!Number.isInteger(own))
    return { impossible: `${percent} % of weights that add up to ${total} is no whole number` };
  const rest = total - own;
  const others = weights.map((weight, index) => (index === of ? 0 : weight));
  const shared = sum(others);
  const receivers = weights.length - 1;
  if (receivers === 0) return percent === 100 ? { weights } : { impossible: "nothing else would get the traffic" };
  if (shared === 0 && receivers > 1 && rest > 0)
    return { impossible: "the others get nothing now, and how they would share isn't known" };
  const exact = others.map((weight, index) => share(weight, { rest, shared, alone: index !== of && receivers === 1 }));
  return { weights: rounded(exact, rest).map((weight, index) => (index === of ? own : weight)) };
}

function share(
  weight: number,
  { rest, shared, alone }: { readonly rest: number; readonly shared: number; readonly alone: boolean },
): number {
  if (alone) return rest;
  return shared === 0 ? 0 : (rest * weight) / shared;
}

function rounded(exact: readonly number[], total: number): readonly number[] {
  const down = exact.map(Math.floor);
  const left = total - sum(down);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  const up = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return down.map((value, index) => (up.has(index) ? value + 1 : value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
