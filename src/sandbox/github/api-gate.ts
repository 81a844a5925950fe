/** What every API request passes: who asks, faults, rate limits, the log, and GitHub's headers. */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { Credentials } from "./auth/credentials.ts";
import type { FaultBehaviour, Faults } from "./faults.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Traffic } from "./traffic.ts";
import { type Actor, actorName } from "./world/actor.ts";
import { Refusal } from "./world/refusal.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request that is understood but not yet done. */
export interface PreparedRequest {
  /** For the log. */
  readonly operation: string;
  /** What a fault may name. */
  readonly operations: readonly string[];
  run(): Promise<ApiAnswer>;
}

export interface ApiGateParts {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly traffic: Traffic;
}

const DOCUMENTATION = "https://docs.github.com/rest";

export class ApiGate {
  readonly #parts: ApiGateParts;

  constructor(parts: ApiGateParts) {
    this.#parts = parts;
  }

  /** Undefined: the connection is to be dropped without an answer. */
  async serve(
    request: Request,
    resource: "core" | "graphql",
    prepare: (actor: Actor) => Promise<PreparedRequest>,
  ): Promise<Response | undefined> {
    const { credentials, faults, traffic, clock } = this.#parts;
    const at = clock.now();
    const path = new URL(request.url).pathname;
    let actor: Actor = { kind: "anonymous" };
    let operation = "unknown";
    const finish = (answer: ApiAnswer | undefined) => {
      traffic.requests.push({
        method: request.method,
        path,
        operation,
        status: answer?.status ?? 0,
        at,
        actor: actorName(actor),
      });
      return answer === undefined ? undefined : this.#respond(request, actor, resource, answer);
    };
    let prepared: PreparedRequest;
    try {
      actor = credentials.authenticate(request.headers.get("authorization") ?? undefined);
      prepared = await prepare(actor);
      operation = prepared.operation;
    } catch (cause) {
      return finish(refused(cause));
    }
    const struck = faults.strike(request.method, prepared.operations);
    for (const behaviour of struck) if (behaviour.kind === "delay") await pause(behaviour.ms);
    const before = struck.find((behaviour) => isBefore(behaviour));
    if (before !== undefined) return finish(faultAnswer(before));
    if (!this.#parts.limits.spend(actorName(actor), resource)) return finish(this.#exhausted(actor, resource));
    const answer = await prepared.run().catch(refused);
    if (answer.status === 500)
      traffic.violate(operation, request.method, path, [`the stand-in failed: ${String(bodyMessage(answer))}`]);
    const after = struck.find((behaviour) => "when" in behaviour && behaviour.when === "after");
    return finish(after === undefined ? answer : faultAnswer(after));
  }

  #exhausted(actor: Actor, resource: string): ApiAnswer {
    const who = actor.kind === "user" ? `user ID ${actor.account.id}` : actorName(actor);
    const { limit } = this.#parts.limits.read(actorName(actor), resource);
    return {
      status: 403,
      body: errorBody(403, `API rate limit exceeded for ${who}.`),
      headers: { "x-ratelimit-limit": String(limit) },
    };
  }

  #respond(request: Request, actor: Actor, resource: "core" | "graphql", answer: ApiAnswer): Response {
    const { limits, clock, traffic } = this.#parts;
    const text = answer.body === undefined ? undefined : JSON.stringify(answer.body);
    const headers = new Headers({
      "cache-control": "private, max-age=60, s-maxage=60",
      date: new Date(clock.now()).toUTCString(),
      server: "github.com",
      "x-github-media-type": "github.v3; format=json",
      "x-github-request-id": `5A4D:${traffic.requests.length.toString(16).toUpperCase().padStart(6, "0")}`,
    });
    let { status } = answer;
    if (text !== undefined) headers.set("content-type", "application/json; charset=utf-8");
    if (request.method === "GET" && status === 200 && text !== undefined) {
      const etag = `W/"${createHash("sha256").update(text).digest("hex")}"`;
      headers.set("etag", etag);
      if (request.headers.get("if-none-match") === etag) {
        status = 304;
        limits.refund(actorName(actor), resource);
      }
    }
    const rate = limits.read(actorName(actor), resource);
    headers.set("x-ratelimit-limit", String(rate.limit));
    headers.set("x-ratelimit-remaining", String(rate.remaining));
    headers.set("x-ratelimit-used", String(rate.used));
    headers.set("x-ratelimit-reset", String(Math.ceil(rate.resetAt / 1000)));
    headers.set("x-ratelimit-resource", resource);
    for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
    return new Response(status === 304 || status === 204 ? null : (text ?? null), { status, headers });
  }
}

function isBefore(behaviour: FaultBehaviour): boolean {
  return behaviour.kind === "secondary-limit" || ("when" in behaviour && behaviour.when === "before");
}

function faultAnswer(behaviour: FaultBehaviour): ApiAnswer | undefined {
  if (behaviour.kind === "status") {
    return { status: behaviour.status, body: errorBody(behaviour.status, behaviour.message ?? "Server Error") };
  }
  if (behaviour.kind !== "secondary-limit") return undefined;
  const message =
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.";
  const headers =
    behaviour.retryAfterSeconds === undefined ? {} : { "retry-after": String(behaviour.retryAfterSeconds) };
  return { status: behaviour.status, body: errorBody(behaviour.status, message), headers };
}

/** What went wrong as an answer: a refusal as GitHub words it, anything else as a fault of the stand-in. */
function refused(cause: unknown): ApiAnswer {
  if (!(cause instanceof Refusal)) {
    return { status: 500, body: errorBody(500, cause instanceof Error ? cause.message : "Server Error") };
  }
  const headers = cause.status === 401 ? { "www-authenticate": "Basic" } : undefined;
  const extra = cause.errors === undefined ? {} : { errors: cause.errors };
  return { status: cause.status, body: { ...errorBody(cause.status, cause.message), ...extra }, headers };
}

function errorBody(status: number, message: string) {
  return { message, documentation_url: DOCUMENTATION, status: String(status) };
}

function bodyMessage({ body }: ApiAnswer): unknown {
  return typeof body === "object" && body !== null && "message" in body ? body.message : body;
}
