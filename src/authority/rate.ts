/** How often within how long, as policies spell it: `2/24h`. */
import { durationPattern, parseDuration } from "./duration.ts";

/** The same text stands in the JSON Schema. */
export const ratePattern = `[1-9][0-9]{0,2}/${durationPattern}`;

export interface Rate {
  readonly count: number;
  readonly windowMs: number;
}

export function parseRate(text: string): Rate | undefined {
  if (!new RegExp(`^${ratePattern}$`).test(text)) return undefined;
  const [count = "", window = ""] = text.split("/");
  const windowMs = parseDuration(window);
  return windowMs === undefined ? undefined : { count: Number(count), windowMs };
}

/** Not more in a time that isn't shorter: whoever keeps to it keeps to the other, too. */
export function isAsStrict(rate: Rate, other: Rate): boolean {
  return rate.count <= other.count && rate.windowMs >= other.windowMs;
}
