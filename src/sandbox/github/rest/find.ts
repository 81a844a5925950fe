/** Looks up what a path names; throws 404 for what isn't there. */
import type { CommitFacts } from "../git/parse-commit.ts";
import type { AnyThread, CheckRunRecord, DeploymentRecord, PullRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import type { RestCall } from "./rest-route.ts";

export function findThread(call: RestCall): AnyThread {
  return found(call.world.threads.find((thread) => thread.number === call.params.integer("issue_number")));
}

export function findPull(call: RestCall): PullRecord {
  return found(call.world.pulls.find((pull) => pull.number === call.params.integer("pull_number")));
}

export function findCheckRun(call: RestCall): CheckRunRecord {
  return found(call.world.checkRuns.find((run) => run.id === call.params.integer("check_run_id")));
}

export function findDeployment(call: RestCall): DeploymentRecord {
  return found(call.world.deployments.find((item) => item.id === call.params.integer("deployment_id")));
}

/** A branch, tag, full or short ref name, or commit id. Throws 422 as GitHub does for a commit that isn't there. */
export async function findCommit(world: World, ref: string): Promise<CommitFacts> {
  const candidates = [ref, `refs/heads/${ref}`, `refs/${ref}`, `refs/tags/${ref}`];
  for (const candidate of /^[0-9a-f]{40}$/.test(ref) ? [ref] : candidates.slice(1)) {
    const object = await world.git.resolve(candidate);
    if (object?.type === "commit") return world.git.commit(object.oid);
  }
  throw new Refusal(422, `No commit found for SHA: ${ref}`);
}

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw Refusal.notFound();
  return value;
}
