/** A repository's dashboard that is to be looked at, as a key of the work queue. */
const prefix = "dashboard";

/** One at a time is enough: nobody waits for them. */
export const dashboardQueue = "dashboards";

/** `repository`: `owner/name`, as the configuration or GitHub spells it. */
export function formatDashboardTask(repository: string): string {
  return `${prefix} ${repository}`;
}

/** The repository; undefined for a key of another kind, such as an incident's id. */
export function parseDashboardTask(key: string): string | undefined {
  const [kind, repository, ...rest] = key.split(" ");
  return kind === prefix && repository !== undefined && rest.length === 0 ? repository : undefined;
}
