/** A lease that is left to people who are to be told of it, as a key of the work queue. */
import { assertRevision } from "../gitops/mirror/assert-revision.ts";

export interface LeaseTask {
  readonly repository: string;
  /** That made the change. */
  readonly commit: string;
}

const prefix = "lease";

/** One at a time is enough: nobody waits for them. */
export const leaseQueue = "leases";

export function formatLeaseTask({ repository, commit }: LeaseTask): string {
  return [prefix, repository, commit].join(" ");
}

/** undefined for a key of another kind, such as an incident's id. */
export function parseLeaseTask(key: string): LeaseTask | undefined {
  const [kind, repository, commit, ...rest] = key.split(" ");
  if (kind !== prefix || repository === undefined || rest.length > 0) return undefined;
  return { repository, commit: assertRevision(commit ?? "") };
}
