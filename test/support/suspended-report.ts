/** A report that Remit suspended for a time, in a real repository. */
import { onTestFinished } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { history, now } from "../actions/asked.ts";
import type { GitRepository } from "../gitops/git-repository.ts";
import { leaseMessage } from "./lease-message.ts";

export const hour = 60 * 60_000;
export const path = "apps/report/production/cronjob.yaml";
export const cron = (suspend: boolean, schedule = "0 * * * *") =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: "${schedule}"\n  concurrencyPolicy: Forbid\n  suspend: ${suspend}\n`;

export const message = (expiresAt: number, paths?: readonly string[]) =>
  leaseMessage({
    action: "suspend",
    target: "report/production",
    expiresAt,
    ...(paths === undefined ? {} : { paths }),
  });

/** Suspended two hours ago, until then. */
export function suspended(expiresAt: number): GitRepository {
  const repository = history({ [path]: cron(false) });
  repository.commit(
    { [path]: cron(true) },
    { message: message(expiresAt), at: new Date(now - 2 * hour).toISOString() },
  );
  return repository;
}

export async function open(repository: GitRepository) {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  return { reader: repositoryReader(mirror), revision: await mirror.head() };
}
