/** Who was called and hasn't reacted: the queue that people owe an answer. */
import type { Instant } from "../clock.ts";
import type { Store } from "../store/store.ts";
import { targetName } from "../target.ts";
import { unansweredSince } from "./incident-summary.ts";

export interface UnansweredCall {
  readonly incident: string;
  readonly repository: string;
  /** `checkout/production` */
  readonly target: string;
  readonly since: Instant;
  /** Calls so far. */
  readonly calls: number;
  readonly issue: number | undefined;
}

/** Longest waiting first. */
export async function unansweredCalls(store: Pick<Store, "incidents">): Promise<readonly UnansweredCall[]> {
  const open = await store.incidents.open();
  return open
    .flatMap(({ incident, response }) => {
      const since = unansweredSince(response);
      if (since === undefined) return [];
      const calls = 1 + (response.escalated?.again?.times ?? 0);
      const { id, repository, target } = incident;
      return [{ incident: id, repository, target: targetName(target), since, calls, issue: response.issueNumber }];
    })
    .sort((a, b) => a.since - b.since);
}
