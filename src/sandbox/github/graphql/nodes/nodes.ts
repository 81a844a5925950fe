/** Every kind of node that others refer to. */
import type { Nodes } from "../graphql-context.ts";
import { rollupNode, statusNode, suiteNode } from "./check-node.ts";
import { deploymentNode } from "./deployment-node.ts";
import { commitNode, objectNode, refNode } from "./git-node.ts";
import { pullNode } from "./pull-node.ts";
import { branchRuleNode, repositoryNode } from "./repository-node.ts";
import { issueNode, labelNode, threadNode } from "./thread-node.ts";

export const nodes: Nodes = {
  branchRuleNode,
  commitNode,
  deploymentNode,
  issueNode,
  labelNode,
  objectNode,
  pullNode,
  refNode,
  repositoryNode,
  rollupNode,
  statusNode,
  suiteNode,
  threadNode,
};
