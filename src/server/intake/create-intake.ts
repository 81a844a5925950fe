/**
 * The webhooks. Each request is checked, stored durably and answered; nothing else happens here.
 *
 * 202 stored, 429 with Retry-After when too many wait, 200 duplicate or ignored (nothing that Remit could use), else one line that says why not.
 */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../remediation/session.ts";
import type { Inbox, NewDelivery } from "../../store/store.ts";
import type { SourceConfig } from "../config/config.ts";
import type { Secret } from "../config/secret.ts";
import type { SourceName } from "../source-watch.ts";
import { Backlog } from "./backlog.ts";
import { BodyReader } from "./body-reader.ts";
import { githubDelivery } from "./github-delivery.ts";
import { hookDelivery } from "./hook-delivery.ts";
import { Refusal } from "./refusal.ts";

export interface IntakeParts {
  readonly inbox: Pick<Inbox, "accept" | "pending">;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: readonly SourceConfig[];
  readonly webhookSecrets: readonly Secret[];
  /** Counts what became of a request; `type` is `github` or a source's type. */
  readonly count: (type: string, outcome: string) => void;
  /** Something came whose sender has shown that it may send: that it isn't new, or of no use, doesn't matter. */
  readonly onHeard?: (source: SourceName) => void;
  /** What a source sent shows that all behind it is alive, too. */
  readonly onAlive?: (source: SourceName) => void;
  /** Called after something new was stored. */
  readonly onStored: () => void;
  /** Of all bodies that are read at the same time. 128 MiB unless said otherwise. */
  readonly bodyBudgetBytes?: number;
  /** Deliveries that may wait to be worked off. 200,000 unless said otherwise. */
  readonly mostPending?: number;
}

export type IntakeEnv = { Bindings: HttpBindings };

/** Runs on Node's own HTTP server only: the body is read from its socket. */
export function createIntake(parts: IntakeParts): Hono<IntakeEnv> {
  const { sources, webhookSecrets, clock } = parts;
  const bodies = new BodyReader(parts.bodyBudgetBytes ?? 128 * 1_048_576);
  const backlog = new Backlog(parts.inbox, clock, parts.mostPending ?? 200_000);
  const hookParts = { bodies, clock, ...(parts.onAlive === undefined ? {} : { onAlive: parts.onAlive }) };
  const app = new Hono<IntakeEnv>();
  app.post("/hooks/:type/:source", async (context) => {
    const source = sources.find(
      ({ name, type }) => name === context.req.param("source") && type === context.req.param("type"),
    );
    if (source === undefined) return refuse(context, parts, "unknown", unknownSource);
    return answer(context, parts, backlog, source, await hookDelivery(context.env.incoming, source, hookParts));
  });
  app.post("/api/github/webhooks", async (context) =>
    answer(
      context,
      parts,
      backlog,
      githubSource,
      await githubDelivery(context.env.incoming, webhookSecrets, bodies, clock),
    ),
  );
  const methodNotAllowed = new Refusal("method-not-allowed", "send it with POST");
  for (const path of ["/hooks/:type/:source", "/api/github/webhooks"]) {
    app.all(path, (context) => {
      context.header("Allow", "POST");
      return refuse(context, parts, "unknown", methodNotAllowed);
    });
  }
  app.all("/hooks/*", (context) => refuse(context, parts, "unknown", unknownSource));
  return app;
}

const unknownSource = new Refusal("unknown-source", "no source of this type and name is configured");

/** Its webhooks come with the App, so no configuration names it. */
export const githubSource: SourceName = { type: "github", name: "github" };

const tooMany = new Refusal("full", "too many deliveries wait to be worked off, send it again later");

async function answer(
  context: Context<IntakeEnv>,
  parts: IntakeParts,
  backlog: Backlog,
  source: SourceName,
  delivery: NewDelivery | "nothing" | Refusal,
): Promise<Response> {
  const { type } = source;
  if (delivery instanceof Refusal) return refuse(context, parts, type, delivery);
  parts.onHeard?.(source);
  if (delivery === "nothing") {
    parts.count(type, "ignored");
    return context.json({ status: "ignored" });
  }
  try {
    if (await backlog.isFull()) return refuse(context, parts, type, tooMany);
    const { outcome, id } = await parts.inbox.accept(delivery);
    parts.count(type, outcome);
    if (outcome === "duplicate") return context.json({ status: outcome, id });
    backlog.grew();
    parts.onStored();
    return context.json({ status: outcome, id }, 202);
  } catch (error) {
    parts.log.error({ error, type, source: delivery.source }, "a delivery could not be stored");
    return refuse(context, parts, type, new Refusal("not-stored", "it could not be stored, try again"));
  }
}

function refuse(context: Context<IntakeEnv>, parts: IntakeParts, type: string, refusal: Refusal): Response {
  const { code, message, status } = refusal;
  parts.count(type, code);
  if (status === 503 || status === 429) context.header("Retry-After", status === 429 ? "60" : "5");
  return context.json({ error: { code, message } }, status);
}
