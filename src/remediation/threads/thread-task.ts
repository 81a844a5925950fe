/** An issue or a pull request of no open incident, on which somebody wrote a command: a key of the work queue. Only where it is, not what it says. */
import type { Instant } from "../../clock.ts";

export interface ThreadTask {
  readonly repository: string;
  readonly number: number;
  /** When the comment was written, by GitHub's time. */
  readonly at: Instant;
}

const prefix = "thread";

/** One at a time, so that whoever writes many keeps no incident waiting. */
export const threadQueue = "threads";

export function formatThreadTask({ repository, number, at }: ThreadTask): string {
  return [prefix, repository, number, at].join(" ");
}

/** undefined for a key of another kind, such as an incident's id. */
export function parseThreadTask(key: string): ThreadTask | undefined {
  const [kind, repository, number, at, ...rest] = key.split(" ");
  if (kind !== prefix || repository === undefined || rest.length > 0) return undefined;
  return { repository, number: Number(number), at: Number(at) };
}
