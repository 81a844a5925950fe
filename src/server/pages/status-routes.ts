/** The status page over HTTP. Everything comes from here, and nothing on it changes anything. */
import { Hono, type MiddlewareHandler } from "hono";
import { raw } from "hono/html";
import { digest } from "../../digest.ts";
import type { Standing } from "../standing.ts";
import { trendsOf } from "../trends/trends.ts";
import { lately } from "./lately.ts";
import { statusContent, statusPage } from "./status-page.ts";
import { statusScript } from "./status-script.ts";
import { statusStyle } from "./status-style.ts";
import { type StatusParts, type StatusView, statusView } from "./status-view.ts";
import { repositoryTrends } from "./trends-card.ts";

const policy = (forms: "'none'" | "'self'") =>
  `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action ${forms}; frame-ancestors 'none'`;

/** However many watch, the store is asked once in so long, and the clones are. */
const viewMs = 1_000;
const standingMs = 10_000;
/** These read many incidents, and change slowly. */
const trendsMs = 60_000;
const trendIncidents = 2_000;

interface Rendered {
  readonly content: string;
  readonly tag: string;
  readonly view: StatusView;
}

export function createStatusPage(parts: StatusParts): Hono {
  const { clock } = parts;
  const standing = lately<Standing | undefined>(clock, standingMs, parts.standing);
  const trends = lately(clock, trendsMs, async () =>
    repositoryTrends(await parts.store.incidents.list(trendIncidents), (records) => trendsOf(records, clock.now())),
  );
  const rendered = lately(clock, viewMs, async (): Promise<Rendered> => {
    const view = await statusView({ ...parts, standing, trends });
    const content = String(await statusContent(view));
    return { content, tag: `"${digest(content)}"`, view };
  });
  const app = new Hono();
  const { signIn } = parts;
  app.use(guarded(signIn === undefined ? "'none'" : "'self'"));
  app.get("/", async (context) => {
    const { content, tag, view } = await rendered();
    const person = signIn?.session(context);
    const page = await statusPage(raw(content), tag, view, person);
    // Said once.
    if (person !== undefined) person.said = undefined;
    return context.html(page);
  });
  if (signIn !== undefined) app.route("/", signIn.routes);
  app.get("/status/content", async (context) => {
    const { content, tag } = await rendered();
    context.header("ETag", tag);
    context.header("X-Remit-Now", String(clock.now()));
    if (context.req.header("If-None-Match") === tag) return context.body(null, 304);
    return context.html(content);
  });
  app.get("/status/style.css", (context) =>
    context.body(statusStyle, 200, { "Content-Type": "text/css; charset=utf-8" }),
  );
  app.get("/status/script.js", (context) =>
    context.body(statusScript, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
  return app;
}

function guarded(forms: "'none'" | "'self'"): MiddlewareHandler {
  return async (context, next) => {
    await next();
    context.header("Content-Security-Policy", policy(forms));
    // Without any, browsers name no origin in a form of the page's own either.
    context.header("Referrer-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
  };
}
