import type { Permissions } from "./world/actor.ts";

/** What the App may do on a repository, as in app.yml. */
export const appPermissions: Permissions = {
  checks: "write",
  contents: "write",
  deployments: "read",
  issues: "write",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "write",
};
