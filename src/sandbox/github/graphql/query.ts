/** The root of queries. */
import { Fields } from "../fields.ts";
import { iso } from "../present/iso.ts";
import { sees } from "../world/actor.ts";
import { nodeId, parseNodeId } from "../world/node-id.ts";
import { Refusal } from "../world/refusal.ts";
import { checkRunById, commentById, labelById, refById, threadById } from "./find-by-id.ts";
import { demand, type GraphqlContext, type Node } from "./graphql-context.ts";
import { userNode } from "./nodes/account-node.ts";
import { checkRunNode } from "./nodes/check-node.ts";
import { commitNode, refNode } from "./nodes/git-node.ts";
import { repositoryNode } from "./nodes/repository-node.ts";
import { commentNode, labelNode, threadNode } from "./nodes/thread-node.ts";

export function query(context: GraphqlContext): Node {
  const { world, account, rate, actor } = context;
  return {
    viewer: () => userNode(world, account),
    rateLimit: () => ({
      cost: 1,
      nodeCount: 1,
      limit: rate.limit,
      remaining: rate.remaining,
      used: rate.used,
      resetAt: iso(rate.resetAt),
    }),
    repository: (args: unknown) => {
      const given = new Fields(args);
      const name = `${given.string("owner")}/${given.string("name")}`;
      if (!sees(actor) || !(world.isCalled(name) || world.wasCalled(name))) {
        throw Refusal.notFound(`Could not resolve to a Repository with the name '${name}'.`);
      }
      return repositoryNode(context);
    },
    node: (args: unknown) => node(context, new Fields(args).string("id") ?? ""),
    nodes: (args: unknown) => (new Fields(args).strings("ids") ?? []).map((id) => node(context, id)),
  };
}

async function node(context: GraphqlContext, id: string): Promise<Node> {
  const { world } = context;
  if (!sees(context.actor)) throw Refusal.notFound(`Could not resolve to a node with the global id of '${id}'.`);
  const parsed = parseNodeId(id);
  switch (parsed?.kind) {
    case "repository":
      if (id === nodeId("repository", world.repositoryId)) return repositoryNode(context);
      break;
    case "issue":
    case "pull":
      demand(context, { app: parsed.kind === "pull" ? "pull_requests:read" : "issues:read", user: "read" });
      return threadNode(context, threadById(world, id));
    case "comment": {
      const { thread, comment } = commentById(world, id);
      return commentNode(context, thread, comment);
    }
    case "label":
      return labelNode(context, labelById(world, id));
    case "checkRun":
      demand(context, { app: "checks:read", user: "read" });
      return checkRunNode(context, checkRunById(world, id));
    case "ref": {
      const name = await refById(world, id);
      return refNode(context, name, (await world.git.readRef(name)) ?? "");
    }
    case "commit":
      return commitNode(context, parsed.key);
    default:
  }
  throw Refusal.notFound(`Could not resolve to a node with the global id of '${id}'.`);
}
