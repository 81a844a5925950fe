/** Deployments and their statuses. */
import { addDeploymentStatus, createDeployment } from "../acts/deployments.ts";
import { presentDeployment, presentDeploymentStatus } from "../present/present-deployment.ts";
import { findDeployment, found } from "./find.ts";
import { created, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

const READ = { app: "deployments:read", user: "read" } as const;
const WRITE = { app: "deployments:write", user: "write" } as const;
const STATES = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"] as const;

export const deployments: readonly RestRoute[] = [
  { operation: "repos/list-deployments", need: READ, handle: list },
  {
    operation: "repos/get-deployment",
    need: READ,
    handle: (call) => ok(presentDeployment(call.world, findDeployment(call))),
  },
  {
    operation: "repos/create-deployment",
    need: WRITE,
    handle: async ({ world, account, body }) => {
      const environment = body.string("environment") ?? "production";
      const deployment = await createDeployment(world, account, {
        ref: body.string("ref") ?? "",
        task: body.string("task") ?? "deploy",
        environment,
        description: body.string("description") ?? null,
        payload: body.raw("payload"),
        transient: body.boolean("transient_environment") ?? false,
        production: body.boolean("production_environment") ?? environment === "production",
      });
      return created(presentDeployment(world, deployment));
    },
  },
  {
    operation: "repos/list-deployment-statuses",
    need: READ,
    handle: (call) => {
      const deployment = findDeployment(call);
      const statuses = [...deployment.statuses].reverse();
      return page(
        call,
        statuses.map((status) => presentDeploymentStatus(call.world, deployment, status)),
      );
    },
  },
  {
    operation: "repos/get-deployment-status",
    need: READ,
    handle: (call) => {
      const deployment = findDeployment(call);
      const status = deployment.statuses.find((item) => item.id === call.params.integer("status_id"));
      return ok(presentDeploymentStatus(call.world, deployment, found(status)));
    },
  },
  {
    operation: "repos/create-deployment-status",
    need: WRITE,
    handle: (call) => {
      const { world, account, body } = call;
      const deployment = findDeployment(call);
      const status = addDeploymentStatus(world, account, deployment, {
        state: body.word("state", STATES) ?? "pending",
        description: body.string("description") ?? "",
        environmentUrl: body.string("environment_url") ?? "",
        logUrl: body.string("log_url") ?? body.string("target_url") ?? "",
      });
      return created(presentDeploymentStatus(world, deployment, status));
    },
  },
];

function list(call: RestCall) {
  const { world, query } = call;
  const matches = (key: string, value: string) => query.string(key) === undefined || query.string(key) === value;
  const chosen = world.deployments.filter(
    (item) =>
      matches("sha", item.sha) &&
      matches("ref", item.ref) &&
      matches("task", item.task) &&
      matches("environment", item.environment),
  );
  return page(
    call,
    chosen.reverse().map((item) => presentDeployment(world, item)),
  );
}
