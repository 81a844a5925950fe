/** An App ("integration"), and the installation of the App under test. */
import type { AppAccount } from "../world/accounts.ts";
import type { Permissions } from "../world/actor.ts";
import { nodeId } from "../world/node-id.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";

export const APP_EVENTS: readonly string[] = [
  "check_run",
  "check_suite",
  "deployment",
  "deployment_status",
  "issue_comment",
  "issues",
  "pull_request",
  "pull_request_review",
  "push",
  "status",
];

export function presentApp(world: World, app: AppAccount) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("app", app.id),
    client_id: app.clientId,
    owner: presentAccount(world, world.organization),
    name: app.name,
    description: null,
    external_url: world.url,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: iso(world.createdAt),
    updated_at: iso(world.createdAt),
    permissions:
      app === world.remit ? { ...world.permissions } : { checks: "write", contents: "read", metadata: "read" },
    events: app === world.remit ? [...APP_EVENTS] : ["push"],
  };
}

export function presentInstallation(world: World, permissions: Permissions = world.permissions) {
  return {
    id: world.installationId,
    client_id: world.remit.clientId,
    account: presentAccount(world, world.organization),
    repository_selection: "selected",
    access_tokens_url: `${world.url}/api/v3/app/installations/${world.installationId}/access_tokens`,
    repositories_url: `${world.url}/api/v3/installation/repositories`,
    html_url: `${world.url}/organizations/${world.owner}/settings/installations/${world.installationId}`,
    app_id: world.remit.id,
    app_slug: world.remit.slug,
    target_id: world.organization.id,
    target_type: "Organization",
    permissions: { ...permissions },
    events: [...APP_EVENTS],
    created_at: iso(world.createdAt),
    updated_at: iso(world.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: world.installed === "suspended" ? iso(world.now()) : null,
  };
}
