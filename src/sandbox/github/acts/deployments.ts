/** Deployments and their statuses. */
import { presentDeployment, presentDeploymentStatus } from "../present/present-deployment.ts";
import type { Account } from "../world/accounts.ts";
import type { DeploymentRecord, DeploymentStatusRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

export async function createDeployment(
  world: World,
  creator: Account,
  input: Pick<
    DeploymentRecord,
    "ref" | "task" | "environment" | "description" | "payload" | "transient" | "production"
  >,
): Promise<DeploymentRecord> {
  const found = (await world.git.resolve(`refs/heads/${input.ref}`)) ?? (await world.git.resolve(input.ref));
  if (found?.type !== "commit") throw new Refusal(422, `No ref found for: ${input.ref}`);
  const now = world.now();
  const deployment = {
    ...input,
    id: world.nextId(),
    sha: found.oid,
    creator,
    createdAt: now,
    updatedAt: now,
    statuses: [],
  };
  world.deployments.push(deployment);
  world.emit({
    name: "deployment",
    action: "created",
    sender: creator,
    payload: {
      action: "created",
      deployment: presentDeployment(world, deployment),
      workflow: null,
      workflow_run: null,
    },
  });
  return deployment;
}

export function addDeploymentStatus(
  world: World,
  creator: Account,
  deployment: DeploymentRecord,
  input: Pick<DeploymentStatusRecord, "state" | "description" | "environmentUrl" | "logUrl">,
): DeploymentStatusRecord {
  const status = { ...input, id: world.nextId(), environment: deployment.environment, creator, at: world.now() };
  deployment.statuses.push(status);
  deployment.updatedAt = status.at;
  world.emit({
    name: "deployment_status",
    action: "created",
    sender: creator,
    payload: {
      action: "created",
      deployment: presentDeployment(world, deployment),
      deployment_status: presentDeploymentStatus(world, deployment, status),
      check_run: null,
      workflow: null,
      workflow_run: null,
    },
  });
  return status;
}
