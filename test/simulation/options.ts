/** `npm run simulate -- [--seeds N] [--from N] [--seed N [--trace]] [--workers N]` */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface SimulateOptions {
  readonly from: number;
  readonly seeds: number;
  readonly trace: boolean;
  readonly workers: number;
}

export function readOptions(args: readonly string[]): SimulateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string" },
      from: { type: "string" },
      seed: { type: "string" },
      trace: { type: "boolean", default: false },
      workers: { type: "string" },
    },
  });
  const one = values.seed !== undefined;
  return {
    from: whole("seed", values.seed) ?? whole("from", values.from) ?? 1,
    seeds: one ? 1 : (whole("seeds", values.seeds) ?? 100),
    trace: values.trace,
    workers: one ? 1 : (whole("workers", values.workers) ?? Math.max(1, availableParallelism())),
  };
}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new TypeError(`--${name} takes a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}
