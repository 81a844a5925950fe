/** Reports `remit/gate` on a pull request that isn't a remediation, with one request to GitHub. Safe to repeat. */
import { RemitError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import { checkOf, type GateAnswer, gateRevisions } from "./gate-revisions.ts";
import type { GateTask } from "./gate-task.ts";
import type { Hold } from "./hold.ts";
import { diffSummary } from "./prose/diff-summary.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Log } from "./session.ts";

export interface GatePullParts {
  readonly store: Pick<Store, "incidents">;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
  readonly log: Log;
  /** One request. */
  readonly reportCheck: (repository: string, report: CheckReport) => Promise<void>;
}

export interface CheckReport {
  readonly repositoryId: string;
  readonly head: string;
  readonly conclusion: "success" | "neutral" | "failure";
  /** Without foreign text. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

export async function gatePull(parts: GatePullParts, task: GateTask, hold?: Hold): Promise<void> {
  const { repository, head } = task;
  // What Remit made itself is gated byte for byte by its incident; two answers on one commit would hide one another.
  if (await isRemediation(parts, task)) return;
  const reader = await parts.reader(repository);
  await reader.mirror.fetch();
  if (!(await fetched(reader, head))) {
    parts.log.warn({ repository, head }, "the head of a pull request isn't to be had: no gate");
    return;
  }
  const base = (task.baseBranch && (await reader.mirror.branchHead(task.baseBranch))) ?? task.base;
  const answer = await gateRevisions(reader, base, head);
  await hold?.renew();
  await report(parts, task, answer);
}

async function isRemediation({ store }: GatePullParts, { repository, head }: GateTask): Promise<boolean> {
  const open = await store.incidents.open(repository);
  return open.some(({ response }) => response.remediations.some(({ commit }) => commit === head));
}

/** A fork may be gone, or its branch rewritten: no later attempt brings the commit back. */
async function fetched({ mirror }: RepositoryReader, head: string): Promise<boolean> {
  try {
    await mirror.fetch(head);
  } catch (error) {
    if (!(error instanceof RemitError) || error.code !== "git-failed") throw error;
  }
  return mirror.has(head);
}

async function report(parts: GatePullParts, task: GateTask, answer: GateAnswer): Promise<void> {
  const { repository, repositoryId, head } = task;
  const { check: conclusion, title } = checkOf(answer);
  try {
    const summary = diffSummary(answer);
    await parts.reportCheck(repository, { repositoryId, head, conclusion, title, summary });
    parts.log.info({ repository, head, conclusion }, `gated: ${title}`);
  } catch (error) {
    const gone = error instanceof RemitError && (error.code === "github-rejected" || error.code === "github-not-found");
    if (!gone) throw error;
    parts.log.warn({ repository, head, error }, "GitHub doesn't take a gate on this commit");
  }
}
