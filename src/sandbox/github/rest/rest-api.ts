/** The REST API: every request and every answer is held against GitHub's published description. */
import type { ApiAnswer, ApiGate, PreparedRequest } from "../api-gate.ts";
import type { Credentials } from "../auth/credentials.ts";
import { Fields } from "../fields.ts";
import type { RateLimits } from "../rate-limits.ts";
import type { Traffic } from "../traffic.ts";
import type { RestDescription } from "../validation/rest-description.ts";
import type { WebhookSender } from "../webhooks/webhook-sender.ts";
import { type Account, webFlow } from "../world/accounts.ts";
import { type Actor, actorName, may, sees } from "../world/actor.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { type MatchedOperation, operationMatcher } from "./match-operation.ts";
import { byName, movedTo, redirect } from "./renamed.ts";
import type { RestCall, RestRoute } from "./rest-route.ts";
import { routes } from "./routes.ts";

export const REST_PREFIX = "/api/v3";

export interface RestApiParts {
  readonly world: World;
  readonly credentials: Credentials;
  readonly webhooks: WebhookSender;
  readonly description: RestDescription;
  readonly limits: RateLimits;
  readonly traffic: Traffic;
  readonly gate: ApiGate;
}

/** Undefined: the connection is to be dropped without an answer. */
export function restApi(parts: RestApiParts): (request: Request) => Promise<Response | undefined> {
  const match = operationMatcher(parts.description);
  return (request) =>
    parts.gate.serve(request, "core", async (actor) => {
      const url = new URL(request.url);
      const path = url.pathname.slice(REST_PREFIX.length);
      const moved = actor.kind === "app" || sees(actor) ? movedTo(parts.world, path) : undefined;
      if (moved !== undefined) return redirect(request.method, `${parts.world.url}${REST_PREFIX}${moved}${url.search}`);
      const matched = match(request.method, byName(parts.world, path));
      if (matched === undefined) {
        parts.traffic.violate("unknown", request.method, url.pathname, ["the stand-in knows no such operation"]);
        throw Refusal.notFound();
      }
      return prepare(parts, actor, matched, request, url);
    });
}

async function prepare(
  parts: RestApiParts,
  actor: Actor,
  { operation, params }: MatchedOperation,
  request: Request,
  url: URL,
): Promise<PreparedRequest> {
  const text = await request.text();
  const run = async (): Promise<ApiAnswer> => {
    if (operation.id === "rate-limit/get") return rateLimits(parts, actor);
    const route = routes.get(operation.id);
    if (route === undefined) throw new Error(`no route for ${operation.id}`);
    admit(parts.world, route, actor, params);
    if (parts.world.archived && request.method !== "GET" && params.repo !== undefined) throw Refusal.archived();
    const body = parseBody(text);
    const problems = parts.description.requestProblems(operation, new Map(url.searchParams), body);
    if (problems.length > 0) {
      parts.traffic.violate(operation.id, request.method, url.pathname, problems);
      throw new Refusal(422, `Invalid request.\n\n${problems.join("\n")}`);
    }
    const call: RestCall = {
      world: parts.world,
      credentials: parts.credentials,
      webhooks: parts.webhooks,
      actor,
      account: accountOf(actor),
      params: new Fields(params),
      query: new Fields(Object.fromEntries(url.searchParams)),
      body: new Fields(body),
      url,
    };
    return request.method === "GET" ? route.handle(call) : parts.world.exclusively(() => route.handle(call));
  };
  const checked = async (): Promise<ApiAnswer> => {
    const answer = await run();
    const problems = parts.description.responseProblems(operation, answer.status, answer.body);
    parts.traffic.violate(operation.id, request.method, url.pathname, problems);
    return answer;
  };
  return { operation: operation.id, operations: [operation.id], run: checked };
}

/** Throws what GitHub says to someone who may not. */
function admit(world: World, route: RestRoute, actor: Actor, params: Readonly<Record<string, string>>): void {
  if (route.need === "app-jwt") {
    if (actor.kind !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
    return;
  }
  if (route.need === "anyone") {
    if (actor.kind === "anonymous") throw new Refusal(401, "Requires authentication");
    return;
  }
  if (!sees(actor) || !world.isCalled(`${params.owner}/${params.repo}`)) throw Refusal.notFound();
  if (may(actor, route.need)) return;
  const who = actor.kind === "installation" ? "integration" : "personal access token";
  throw new Refusal(403, `Resource not accessible by ${who}`);
}

function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}

function accountOf(actor: Actor): Account {
  return actor.kind === "user" || actor.kind === "installation" ? actor.account : webFlow;
}

function rateLimits({ limits }: RestApiParts, actor: Actor): ApiAnswer {
  const show = (resource: string) => {
    const { limit, remaining, used, resetAt } = limits.read(actorName(actor), resource);
    return { limit, remaining, used, reset: Math.ceil(resetAt / 1000) };
  };
  const core = show("core");
  return { status: 200, body: { resources: { core, search: show("search"), graphql: show("graphql") }, rate: core } };
}
