/** Changes title and body of an issue or pull request. */
import type { Account } from "../world/accounts.ts";
import type { AnyThread } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { issueEvent } from "./issue-event.ts";
import { checkBody } from "./new-thread.ts";
import { pullEvent } from "./pull-event.ts";

export async function editThread(
  world: World,
  thread: AnyThread,
  by: Account,
  input: { readonly title: string | undefined; readonly body: string | null | undefined },
): Promise<void> {
  const changes: Record<string, { from: string }> = {};
  if (input.title !== undefined && input.title !== thread.title) {
    changes.title = { from: thread.title };
    thread.title = input.title;
  }
  if (input.body !== undefined && input.body !== thread.body) {
    checkBody(input.body);
    changes.body = { from: thread.body ?? "" };
    thread.body = input.body;
    thread.edited = { by, at: world.now() };
  }
  if (Object.keys(changes).length === 0) return;
  thread.updatedAt = world.now();
  if (thread.kind === "issue") issueEvent(world, thread, "edited", by, { changes });
  else await pullEvent(world, thread, "edited", by, { changes });
}
