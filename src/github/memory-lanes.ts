/** The lanes of one process that shares GitHub with no other. */
import type { Instant } from "../clock.ts";
import { pauseLengthMs } from "../pause-length.ts";
import type { LaneStore } from "./lane-store.ts";

interface Line {
  nextAt: Instant;
  pausedUntil: Instant;
  pauses: number;
}

export function memoryLanes(): LaneStore {
  const lines = new Map<string, Line>();
  const lineOf = (name: string): Line => {
    const line = lines.get(name) ?? { nextAt: 0, pausedUntil: 0, pauses: 0 };
    lines.set(name, line);
    return line;
  };
  return {
    async reserve(name, now, spacingMs) {
      const line = lineOf(name);
      const at = Math.max(now, line.nextAt, line.pausedUntil);
      line.nextAt = at + spacingMs;
      return at;
    },
    pausedUntil: async (name) => lineOf(name).pausedUntil,
    async pause(name, now, saidMs) {
      const line = lineOf(name);
      const before = now < line.pausedUntil ? line.pauses - 1 : line.pauses;
      line.pauses = before + 1;
      line.pausedUntil = Math.max(line.pausedUntil, now + pauseLengthMs(saidMs, before));
      return line.pausedUntil;
    },
    async resume(name) {
      lineOf(name).pauses = 0;
    },
  };
}
