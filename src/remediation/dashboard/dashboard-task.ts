/** A repository's dashboard that is to be looked at. */
import { repositoryTask } from "../repository-task.ts";

/** One at a time is enough: nobody waits for them. */
export const dashboardQueue = "dashboards";

export const { format: formatDashboardTask, parse: parseDashboardTask } = repositoryTask("dashboard");
