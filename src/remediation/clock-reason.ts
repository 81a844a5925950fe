import type { Reason } from "../reason.ts";
import type { WrongClock } from "./forge.ts";
import { formatDuration } from "./prose/format-duration.ts";

const minute = 60_000;

/** Why nothing is decided while this machine's clock is wrong. */
export function clockReason({ aheadMs }: WrongClock): Reason {
  const how = aheadMs > 0 ? "ahead of" : "behind";
  // GitHub tells whole seconds, and some of them were spent on the way.
  const off = Math.round(Math.abs(aheadMs) / minute) * minute;
  const message = `the clock of Remit's machine is ${formatDuration(off)} ${how} GitHub's, so nothing is decided by it`;
  return { code: "clock-wrong", message };
}
