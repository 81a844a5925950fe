/** Serves the demo's page on loopback. Reads only; nothing on it changes anything. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { script, styleSheet } from "./assets.ts";
import { page, pageContent } from "./page.ts";
import type { PageState } from "./page-state.ts";

export interface Page {
  readonly url: string;
  close(): Promise<void>;
}

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

/** A free port for 0. Rejects when the port is taken. */
export async function startPage(port: number, state: () => PageState | Promise<PageState>): Promise<Page> {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("content-security-policy", policy);
    context.header("x-content-type-options", "nosniff");
    context.header("cache-control", "no-store");
  });
  app.get("/", async (context) => context.html(await page(await state())));
  app.get("/content", async (context) => {
    const current = await state();
    context.header("x-demo-outcome", current.outcome);
    return context.html(await pageContent(current));
  });
  app.get("/state.json", async (context) => context.json(await state()));
  app.get("/style.css", (context) => context.body(styleSheet, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/page.js", (context) => context.body(script, 200, { "content-type": "text/javascript; charset=utf-8" }));

  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, (address: AddressInfo) => {
      resolve({ url: `http://127.0.0.1:${address.port}`, close });
    });
    server.once("error", reject);
    const close = () =>
      new Promise<void>((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
  });
}
