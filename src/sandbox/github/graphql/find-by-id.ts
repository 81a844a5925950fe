/** What a global id stands for. Throws NOT_FOUND as GitHub words it. */
import { nodeId, parseNodeId } from "../world/node-id.ts";
import type {
  AnyThread,
  CheckRunRecord,
  CommentRecord,
  IssueRecord,
  LabelRecord,
  PullRecord,
} from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

export function repositoryById(world: World, id: string | undefined): void {
  if (id !== nodeId("repository", world.repositoryId)) throw unresolved(id);
}

export function issueById(world: World, id: string | undefined): IssueRecord {
  return orThrow(
    world.issues.find((issue) => nodeId("issue", issue.id) === id),
    id,
  );
}

export function pullById(world: World, id: string | undefined): PullRecord {
  return orThrow(
    world.pulls.find((pull) => nodeId("pull", pull.id) === id),
    id,
  );
}

export function threadById(world: World, id: string | undefined): AnyThread {
  return orThrow(
    world.threads.find((thread) => nodeId(thread.kind, thread.id) === id),
    id,
  );
}

export function commentById(
  world: World,
  id: string | undefined,
): { readonly thread: AnyThread; readonly comment: CommentRecord } {
  const places = world.threads.flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })));
  return orThrow(
    places.find(({ comment }) => nodeId("comment", comment.id) === id),
    id,
  );
}

export function labelById(world: World, id: string): LabelRecord {
  return orThrow(
    world.labels.find((label) => nodeId("label", label.id) === id),
    id,
  );
}

export function checkRunById(world: World, id: string | undefined): CheckRunRecord {
  return orThrow(
    world.checkRuns.find((run) => nodeId("checkRun", run.id) === id),
    id,
  );
}

/** Full name of a ref that exists. */
export async function refById(world: World, id: string | undefined): Promise<string> {
  const parsed = parseNodeId(id ?? "");
  const known = parsed?.kind === "ref" ? await world.git.readRef(parsed.key) : undefined;
  if (parsed === undefined || known === undefined) throw unresolved(id);
  return parsed.key;
}

function orThrow<T>(value: T | undefined, id: string | undefined): T {
  if (value === undefined) throw unresolved(id);
  return value;
}

function unresolved(id: string | undefined): Refusal {
  return Refusal.notFound(`Could not resolve to a node with the global id of '${id ?? ""}'.`);
}
