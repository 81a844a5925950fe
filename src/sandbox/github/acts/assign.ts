/** Makes an issue or pull request be assigned to exactly these people. GitHub leaves out whoever can't be assigned. */
import { presentAccount } from "../present/present-account.ts";
import { type Account, people } from "../world/accounts.ts";
import type { AnyThread } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { issueEvent } from "./issue-event.ts";

export function assign(world: World, thread: AnyThread, logins: readonly string[], by: Account): void {
  const wanted = people.filter(({ login, role }) => logins.includes(login) && role !== "none");
  const added = wanted.filter((account) => !thread.assignees.includes(account));
  thread.assignees = wanted;
  thread.updatedAt = world.now();
  if (thread.kind !== "issue") return;
  for (const account of added) {
    issueEvent(world, thread, "assigned", by, { assignee: presentAccount(world, account) });
  }
}
