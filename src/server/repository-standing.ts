/** One repository's standing, by the clone that is open and the store. */
import { type DashboardParts, recallDashboard } from "../remediation/dashboard/keep-dashboard.ts";
import type { Readers } from "./readers.ts";
import type { RepositoryStanding } from "./standing.ts";

/** Never rejects: that one can't be read is what people look for then. */
export async function repositoryStanding(
  parts: Pick<DashboardParts, "store" | "reader" | "clock" | "log" | "stopEnvironment">,
  readers: Pick<Readers, "fetchedAt">,
  repository: string,
): Promise<RepositoryStanding> {
  const fetchedAt = readers.fetchedAt(repository);
  const unread = { repository, fetchedAt, dashboard: undefined, stopLookedAt: undefined };
  if (fetchedAt === undefined) return unread;
  try {
    const { dashboard, lookedAt } = await recallDashboard(parts, repository);
    return { repository, fetchedAt, dashboard, stopLookedAt: lookedAt };
  } catch (error) {
    parts.log.warn({ repository, error }, "how it stands can't be read");
    return unread;
  }
}
