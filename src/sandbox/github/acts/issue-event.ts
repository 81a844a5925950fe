/** Tells the world that something happened to an issue. */
import { presentIssue } from "../present/present-thread.ts";
import type { Account } from "../world/accounts.ts";
import type { IssueRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

export function issueEvent(
  world: World,
  issue: IssueRecord,
  action: string,
  sender: Account,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  world.emit({ name: "issues", action, sender, payload: { action, issue: presentIssue(world, issue), ...extra } });
}
