/** The stand-in's HTTP server on loopback. */
import type { Server } from "node:http";
import { type HttpBindings, serve } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono, type Next } from "hono";
import { smartHttp } from "./git/smart-http.ts";
import { type GraphqlApiParts, graphqlApi } from "./graphql/graphql-api.ts";
import { oauth } from "./oauth/oauth.ts";
import { issuePage } from "./pages/issue-page.ts";
import { listPage } from "./pages/list-page.ts";
import { pullPage } from "./pages/pull-page.ts";
import { REST_PREFIX, type RestApiParts, restApi } from "./rest/rest-api.ts";
import type { World } from "./world/world.ts";

export type GitHubParts = RestApiParts & GraphqlApiParts;

type Bindings = { Bindings: HttpBindings };

export interface GitHubServer {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

export async function serveGitHub(parts: GitHubParts, port = 0): Promise<GitHubServer> {
  const app = new Hono<Bindings>();
  const rest = restApi(parts);
  const graphql = graphqlApi(parts);
  app.all(`${REST_PREFIX}/*`, async (context) => (await rest(context.req.raw)) ?? drop(context));
  app.post("/api/graphql", async (context) => (await graphql(context.req.raw)) ?? drop(context));
  app.route("/login/oauth", oauth(parts));
  const base = "/:owner/:repository";
  app.use(`${base}/*`, (context, next) => underItsName(parts.world, context, next));
  app.get(`${base}/info/refs`, (context) => smartHttp(parts, context.req.raw, "info/refs"));
  for (const service of ["git-upload-pack", "git-receive-pack"]) {
    app.post(`${base}/${service}`, (context) => smartHttp(parts, context.req.raw, service));
  }
  app.get(base, (context) => context.html(listPage(parts.world, "everything")));
  app.get(`${base}/pulls`, (context) => context.html(listPage(parts.world, "pulls")));
  app.get(`${base}/issues`, (context) => context.html(listPage(parts.world, "issues")));
  app.get(`${base}/pull/:number{[0-9]+}`, async (context) => {
    const page = await pullPage(parts.world, Number(context.req.param("number")));
    return page === undefined ? context.notFound() : context.html(page);
  });
  app.get(`${base}/issues/:number{[0-9]+}`, (context) => {
    const page = issuePage(parts.world, Number(context.req.param("number")));
    return page === undefined ? context.notFound() : context.html(page);
  });
  return listen(app, port);
}

/** A former name leads to the present one, for git and for browsers. */
async function underItsName(world: World, context: Context<Bindings>, next: Next): Promise<Response | undefined> {
  const { pathname, search } = new URL(context.req.url);
  const [, owner = "", last = "", ...rest] = pathname.split("/");
  const name = `${owner}/${last.replace(/\.git$/, "")}`;
  if (world.isCalled(name)) {
    await next();
    return undefined;
  }
  if (!world.wasCalled(name)) return context.notFound();
  const suffix = last.endsWith(".git") ? ".git" : "";
  return context.redirect([`${world.htmlUrl}${suffix}`, ...rest].join("/") + search, 301);
}

function listen(app: Hono<Bindings>, port: number): Promise<GitHubServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, (address) =>
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => close(server) }),
    );
    server.on("error", reject);
  });
}

function close(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if (isHttp1(server)) server.closeAllConnections();
  });
}

function isHttp1(server: ReturnType<typeof serve>): server is Server {
  return "closeAllConnections" in server;
}

/** As a network that fails: the client never learns what became of its request. */
function drop(context: Context<Bindings>): Response {
  context.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}
