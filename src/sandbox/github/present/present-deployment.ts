/** Deployments and their statuses in REST's form. */
import { nodeId } from "../world/node-id.ts";
import type { DeploymentRecord, DeploymentStatusRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";

export function presentDeployment(world: World, deployment: DeploymentRecord) {
  const url = `${world.apiUrl}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId("deployment", deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload ?? {},
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: presentAccount(world, deployment.creator),
    created_at: iso(deployment.createdAt),
    updated_at: iso(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: world.apiUrl,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: null,
  };
}

export function presentDeploymentStatus(world: World, deployment: DeploymentRecord, status: DeploymentStatusRecord) {
  const url = `${world.apiUrl}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("deploymentStatus", status.id),
    state: status.state,
    creator: presentAccount(world, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: iso(status.at),
    updated_at: iso(status.at),
    deployment_url: url,
    repository_url: world.apiUrl,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: null,
  };
}
