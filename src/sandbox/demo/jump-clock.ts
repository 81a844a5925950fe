/** A clock that can be put forward, so that nobody waits hours for what takes hours. */
import type { Clock, Instant } from "../../clock.ts";

export interface JumpClock extends Clock {
  /** It is later by so much from here on. */
  jump(ms: number): void;
  /** The same moment on a clock that never jumped: what lies in a jump happened where it began. */
  unjumped(at: Instant): Instant;
}

export function jumpClock(clock: Clock): JumpClock {
  const jumps: { readonly from: Instant; readonly ms: number }[] = [];
  const ahead = () => jumps.reduce((sum, { ms }) => sum + ms, 0);
  const now = () => clock.now() + ahead();
  return {
    now,
    jump(ms) {
      jumps.push({ from: now(), ms });
    },
    unjumped(at) {
      return at - jumps.reduce((sum, { from, ms }) => sum + Math.min(ms, Math.max(0, at - from)), 0);
    },
  };
}
