/** One mutation: what it needs, and what it does. */
import type { Fields } from "../../fields.ts";
import type { Need } from "../../world/actor.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";

export interface Mutation {
  readonly need: Need;
  run(context: GraphqlContext, input: Fields): Promise<Node> | Node;
}
