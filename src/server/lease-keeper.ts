/** Looks again and again whose time is over. Any number of replicas may do so side by side: the same alert told twice is one. */
import type { Clock } from "../clock.ts";
import type { Log } from "../remediation/session.ts";
import { Lane, type LaneStep } from "./lane.ts";

export interface LeaseKeeperParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly endLeases: () => Promise<void>;
  /** There may be something to work on. */
  readonly wake: () => void;
  readonly everyMs: number;
}

export function createLeaseKeeper({
  clock,
  log,
  endLeases,
  wake,
  everyMs,
}: LeaseKeeperParts): Pick<Lane, "start" | "stop" | "runDue"> {
  let started = false;
  const step = async (): Promise<LaneStep> => {
    // What is at hand when it starts comes first.
    if (started) {
      await endLeases();
      wake();
    }
    started = true;
    return { worked: false, until: clock.now() + everyMs };
  };
  return new Lane({ clock, log, pollMs: everyMs }, () => {}, step);
}
