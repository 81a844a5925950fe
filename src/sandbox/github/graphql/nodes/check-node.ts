/** Check runs, suites, commit statuses and their rollup. */
import { checkSuiteState } from "../../acts/check-suite-state.ts";
import { checksOn, rollup } from "../../acts/checks-on.ts";
import { Fields } from "../../fields.ts";
import { iso } from "../../present/iso.ts";
import type { AppAccount } from "../../world/accounts.ts";
import { nodeId } from "../../world/node-id.ts";
import type { CheckRunRecord, CheckSuiteRecord, StatusRecord } from "../../world/records.ts";
import type { World } from "../../world/world.ts";
import { connection } from "../connection.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";
import { actorNode } from "./account-node.ts";

/** Null when nothing reported on the commit. */
export function rollupNode(context: GraphqlContext, oid: string): Node | null {
  const checks = checksOn(context.world, oid);
  const state = rollup(checks);
  if (state === undefined) return null;
  return {
    id: nodeId("rollup", oid),
    state: state.toUpperCase(),
    commit: () => context.nodes.commitNode(context, oid),
    contexts: (args: unknown) =>
      connection("contexts", [...checks.runs, ...checks.statuses], args, (item) =>
        "suite" in item ? checkRunNode(context, item) : statusContextNode(context, item),
      ),
  };
}

export function checkRunNode(context: GraphqlContext, run: CheckRunRecord): Node {
  const { world } = context;
  const path = `/${world.fullName}/runs/${run.id}`;
  return {
    __typename: "CheckRun",
    id: nodeId("checkRun", run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: run.startedAt === null ? null : iso(run.startedAt),
    completedAt: run.completedAt === null ? null : iso(run.completedAt),
    detailsUrl: run.detailsUrl ?? `${world.url}${path}`,
    externalId: run.externalId,
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    url: `${world.url}${path}`,
    permalink: `${world.url}${path}`,
    resourcePath: path,
    repository: () => context.nodes.repositoryNode(context),
    checkSuite: () => suiteNode(context, run.suite),
    isRequired: (args: unknown) => isRequired(world, run.name, args),
  };
}

export function suiteNode(context: GraphqlContext, suite: CheckSuiteRecord): Node {
  const { world } = context;
  const path = `/${world.fullName}/commit/${suite.head}/checks`;
  const state = checkSuiteState(world, suite);
  return {
    __typename: "CheckSuite",
    id: nodeId("checkSuite", suite.id),
    databaseId: suite.id,
    app: () => appNode(world, suite.app),
    status: state.status.toUpperCase(),
    conclusion: state.conclusion?.toUpperCase() ?? null,
    createdAt: iso(suite.createdAt),
    updatedAt: iso(suite.updatedAt),
    url: `${world.url}${path}`,
    resourcePath: path,
    repository: () => context.nodes.repositoryNode(context),
    commit: () => context.nodes.commitNode(context, suite.head),
    branch: () =>
      suite.branch === null ? null : context.nodes.refNode(context, `refs/heads/${suite.branch}`, suite.head),
    checkRuns: (args: unknown) => {
      const name = new Fields(new Fields(args).raw("filterBy")).string("checkName");
      const runs = world.checkRuns.filter((run) => run.suite === suite && (name === undefined || run.name === name));
      return connection("checkRuns", runs, args, (run) => checkRunNode(context, run));
    },
  };
}

export function statusContextNode(context: GraphqlContext, status: StatusRecord): Node {
  const { world } = context;
  return {
    __typename: "StatusContext",
    id: nodeId("status", status.id),
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: iso(status.at),
    avatarUrl: `${world.url}/avatars/${status.creator.id}`,
    creator: () => actorNode(world, status.creator),
    commit: () => context.nodes.commitNode(context, status.head),
    isRequired: (args: unknown) => isRequired(world, status.context, args),
  };
}

export function statusNode(context: GraphqlContext, oid: string): Node {
  const { statuses } = checksOn(context.world, oid);
  return {
    __typename: "Status",
    id: nodeId("statusSet", oid),
    state: (rollup({ runs: [], statuses }) ?? "pending").toUpperCase(),
    commit: () => context.nodes.commitNode(context, oid),
    contexts: () => statuses.map((status) => statusContextNode(context, status)),
    context: (args: unknown) => {
      const found = statuses.find((status) => status.context === new Fields(args).string("name"));
      return found === undefined ? null : statusContextNode(context, found);
    },
  };
}

export function appNode(world: World, app: AppAccount): Node {
  return {
    __typename: "App",
    id: nodeId("app", app.id),
    databaseId: app.id,
    slug: app.slug,
    name: app.name,
    clientId: app.clientId,
    description: null,
    url: `${world.url}/apps/${app.slug}`,
    createdAt: iso(world.createdAt),
    updatedAt: iso(world.createdAt),
  };
}

/** Required for that pull request: its base has rules, and they name the check. */
function isRequired(world: World, name: string, args: unknown): boolean {
  const given = new Fields(args);
  const id = given.string("pullRequestId");
  const number = given.integer("pullRequestNumber");
  const pull = world.pulls.find((item) => item.number === number || nodeId("pull", item.id) === id);
  return pull?.baseRef === world.defaultBranch && world.rules.requiredChecks.includes(name);
}
