/** The GraphQL API over HTTP. */
import type { ApiAnswer, ApiGate } from "../api-gate.ts";
import type { Faults } from "../faults.ts";
import { Fields } from "../fields.ts";
import type { RateLimits } from "../rate-limits.ts";
import type { Traffic } from "../traffic.ts";
import { type Actor, actorName } from "../world/actor.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { executeGraphql, type GraphqlDocument, presentProblems, readDocument } from "./execute-graphql.ts";
import type { GraphqlContext } from "./graphql-context.ts";
import { nodes } from "./nodes/nodes.ts";

export interface GraphqlApiParts {
  readonly world: World;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly traffic: Traffic;
  readonly gate: ApiGate;
  /** Documents that were read before, by their text: for many worlds that are asked the same things. */
  readonly documents?: Map<string, GraphqlDocument>;
}

/** Undefined: the connection is to be dropped without an answer. */
export function graphqlApi(parts: GraphqlApiParts): (request: Request) => Promise<Response | undefined> {
  return (request) =>
    parts.gate.serve(request, "graphql", async (actor) => {
      if (actor.kind === "anonymous") throw new Refusal(401, "This endpoint requires you to be authenticated.");
      const body = readBody(await request.text());
      const name = body.string("operationName");
      const source = body.string("query") ?? "";
      const document = parts.documents?.get(source) ?? readDocument(source, name);
      if (name === undefined) parts.documents?.set(source, document);
      const run = () => answer(parts, actor, document, body, name);
      const exclusive = document.kind === "mutation" ? () => parts.world.exclusively(run) : run;
      return { operation: document.name, operations: document.fields, run: exclusive };
    });
}

async function answer(
  { world, limits, traffic, faults }: GraphqlApiParts,
  actor: Actor,
  document: GraphqlDocument,
  body: Fields,
  operationName: string | undefined,
): Promise<ApiAnswer> {
  if (document.problems.length > 0) {
    traffic.violate(
      document.name,
      "POST",
      "/api/graphql",
      document.problems.map((problem) => problem.message),
    );
    return { status: 200, body: { errors: presentProblems(document.problems) } };
  }
  const account = actor.kind === "user" || actor.kind === "installation" ? actor.account : undefined;
  if (account === undefined) throw new Refusal(401, "A JSON web token is no token for this endpoint");
  const context: GraphqlContext = { nodes, world, actor, account, rate: limits.read(actorName(actor), "graphql") };
  const variables = new Map(Object.entries(Object(body.raw("variables") ?? {})));
  const outcome = await executeGraphql(context, document, Object.fromEntries(variables), operationName, (field) =>
    faults.beforeField(field),
  );
  traffic.violate(document.name, "POST", "/api/graphql", outcome.problems);
  return { status: 200, body: outcome.body };
}

function readBody(text: string): Fields {
  try {
    return new Fields(JSON.parse(text));
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}
