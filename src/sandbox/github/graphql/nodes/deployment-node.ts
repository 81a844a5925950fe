/** Deployments and their statuses. */
import { iso } from "../../present/iso.ts";
import { nodeId } from "../../world/node-id.ts";
import type { DeploymentRecord, DeploymentStatusRecord } from "../../world/records.ts";
import { connection } from "../connection.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";
import { actorNode } from "./account-node.ts";

const STATES: Readonly<Record<DeploymentStatusRecord["state"], string>> = {
  error: "ERROR",
  failure: "FAILURE",
  inactive: "INACTIVE",
  in_progress: "IN_PROGRESS",
  queued: "QUEUED",
  pending: "PENDING",
  success: "ACTIVE",
};

export function deploymentNode(context: GraphqlContext, deployment: DeploymentRecord): Node {
  const { world } = context;
  const latest = deployment.statuses.at(-1);
  return {
    __typename: "Deployment",
    id: nodeId("deployment", deployment.id),
    databaseId: deployment.id,
    environment: deployment.environment,
    commitOid: deployment.sha,
    task: deployment.task,
    description: deployment.description,
    createdAt: iso(deployment.createdAt),
    state: latest === undefined ? "PENDING" : STATES[latest.state],
    creator: () => actorNode(world, deployment.creator),
    latestStatus: () => (latest === undefined ? null : statusNode(context, deployment, latest)),
    statuses: (args: unknown) =>
      connection("statuses", [...deployment.statuses].reverse(), args, (status) =>
        statusNode(context, deployment, status),
      ),
  };
}

function statusNode(context: GraphqlContext, deployment: DeploymentRecord, status: DeploymentStatusRecord): Node {
  return {
    id: nodeId("deploymentStatus", status.id),
    createdAt: iso(status.at),
    description: status.description,
    state: status.state.toUpperCase(),
    environmentUrl: status.environmentUrl || null,
    logUrl: status.logUrl || null,
    creator: () => actorNode(context.world, status.creator),
    deployment: () => deploymentNode(context, deployment),
  };
}
