/** What a resolver knows about the request. */
import type { Account } from "../world/accounts.ts";
import { type Actor, may, type Need } from "../world/actor.ts";
import type {
  AnyThread,
  CheckSuiteRecord,
  DeploymentRecord,
  IssueRecord,
  LabelRecord,
  PullRecord,
} from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

/** Nodes refer to each other in circles; each reaches the others through the request's context. */
export interface Nodes {
  branchRuleNode(context: GraphqlContext): Node;
  commitNode(context: GraphqlContext, oid: string): Promise<Node>;
  deploymentNode(context: GraphqlContext, deployment: DeploymentRecord): Node;
  issueNode(context: GraphqlContext, issue: IssueRecord): Node;
  labelNode(context: GraphqlContext, label: LabelRecord): Node;
  objectNode(context: GraphqlContext, expression: string): Promise<Node | null>;
  pullNode(context: GraphqlContext, pull: PullRecord): Node;
  refNode(context: GraphqlContext, name: string, oid: string): Node;
  repositoryNode(context: GraphqlContext): Node;
  rollupNode(context: GraphqlContext, oid: string): Node | null;
  statusNode(context: GraphqlContext, oid: string): Node;
  suiteNode(context: GraphqlContext, suite: CheckSuiteRecord): Node;
  threadNode(context: GraphqlContext, thread: AnyThread): Node;
}

export interface GraphqlContext {
  readonly nodes: Nodes;
  readonly world: World;
  readonly actor: Actor;
  /** Under whose name things happen: the person, or the App's bot. */
  readonly account: Account;
  readonly rate: {
    readonly limit: number;
    readonly remaining: number;
    readonly used: number;
    readonly resetAt: number;
  };
}

/** What a resolver returns: graphql-js calls the functions in it with the field's arguments. */
export type Node = Readonly<Record<string, unknown>>;

/** Throws FORBIDDEN in GitHub's words. */
export function demand({ actor }: GraphqlContext, need: Need): void {
  if (may(actor, need)) return;
  throw new Refusal(
    403,
    actor.kind === "installation"
      ? "Resource not accessible by integration"
      : "Resource not accessible by personal access token",
  );
}
