/** Closes an issue or a pull request; closing what is closed changes nothing. */
import type { Account } from "../world/accounts.ts";
import type { AnyThread, ThreadRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { issueEvent } from "./issue-event.ts";
import { pullEvent } from "./pull-event.ts";

export async function closeThread(
  world: World,
  thread: AnyThread,
  by: Account,
  reason: ThreadRecord["stateReason"],
): Promise<void> {
  if (thread.state === "closed") return;
  thread.state = "closed";
  thread.stateReason = thread.kind === "issue" ? (reason ?? "completed") : null;
  thread.closed = { at: world.now(), by };
  thread.updatedAt = world.now();
  if (thread.kind === "issue") issueEvent(world, thread, "closed", by);
  else {
    thread.autoMerge = undefined;
    await pullEvent(world, thread, "closed", by);
  }
}
