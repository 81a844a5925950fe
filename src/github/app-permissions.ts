/** What the App needs of its installation, as app.yml asks for it. */
export const appPermissions: Readonly<Record<string, "read" | "write">> = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  statuses: "write",
  deployments: "read",
  merge_queues: "read",
};
