/** A pull request (or a merge group) to gate, as a key of the work queue: where it is and between which commits, and nothing that it says. */
import { assertRevision } from "../gitops/mirror/assert-revision.ts";
import { safeBranch } from "../gitops/mirror/safe-branch.ts";

export interface GateTask {
  readonly repository: string;
  /** GitHub's node id of the repository. */
  readonly repositoryId: string;
  readonly base: string;
  /** Its head is the base, where it exists; undefined for a merge group, whose base is fixed. */
  readonly baseBranch: string | undefined;
  readonly head: string;
}

const prefix = "gate";
const word = /^[\w./=-]{1,200}$/;

/** All gates share one queue, so that a flood of pull requests never takes more than one lane from incidents. */
export const gateQueue = "gate";

/** undefined where a part can't be part of a key; then it is nothing that GitHub sends. */
export function formatGateTask({ repository, repositoryId, base, baseBranch, head }: GateTask): string | undefined {
  if (!word.test(repository) || !word.test(repositoryId)) return undefined;
  const branch = baseBranch !== undefined && safeBranch(baseBranch) ? baseBranch : "";
  return [prefix, repository, repositoryId, base, head, branch].join(" ");
}

/** undefined for a key of another kind, such as an incident's id. */
export function parseGateTask(key: string): GateTask | undefined {
  const [kind, repository, repositoryId, base, head, branch = "", ...rest] = key.split(" ");
  if (kind !== prefix || repository === undefined || repositoryId === undefined || rest.length > 0) return undefined;
  const revisions = { base: assertRevision(base ?? ""), head: assertRevision(head ?? "") };
  return { repository, repositoryId, ...revisions, baseBranch: branch === "" ? undefined : branch };
}
