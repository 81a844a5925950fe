/** Opens a closed issue or pull request again. Throws 422 where GitHub doesn't let one. */
import type { Account } from "../world/accounts.ts";
import type { AnyThread } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { issueEvent } from "./issue-event.ts";
import { pullEvent } from "./pull-event.ts";

export async function reopenThread(world: World, thread: AnyThread, by: Account): Promise<void> {
  if (thread.state === "open") return;
  if (thread.kind === "pull") {
    const head = await world.git.readRef(`refs/heads/${thread.headRef}`);
    if (thread.merged !== undefined) throw Refusal.invalid("PullRequest", "Cannot reopen a merged pull request.");
    if (head === undefined) {
      throw Refusal.invalid("PullRequest", `state cannot be changed. The ${thread.headRef} branch has been deleted.`);
    }
    const other = world.pulls.find(
      (pull) => pull.state === "open" && pull.headRef === thread.headRef && pull.baseRef === thread.baseRef,
    );
    if (other !== undefined) {
      throw Refusal.invalid(
        "PullRequest",
        `state cannot be changed. There is already an open pull request from ${world.owner}:${thread.headRef} to ${world.owner}:${thread.baseRef}.`,
      );
    }
    if (head !== thread.head && !(await world.git.isAncestor(thread.head, head))) {
      throw Refusal.invalid(
        "PullRequest",
        `state cannot be changed. The ${thread.headRef} branch was force-pushed or recreated.`,
      );
    }
    thread.head = head;
  }
  thread.state = "open";
  thread.stateReason = thread.kind === "issue" ? "reopened" : null;
  thread.closed = undefined;
  thread.updatedAt = world.now();
  if (thread.kind === "issue") issueEvent(world, thread, "reopened", by);
  else await pullEvent(world, thread, "reopened", by);
}
