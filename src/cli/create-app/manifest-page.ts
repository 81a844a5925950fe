/** The two pages of the manifest flow: one posts the manifest to GitHub, the other says that it worked. */
import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";
import { RemitError } from "../../errors.ts";

export interface ManifestPageOptions {
  /** Where GitHub takes a manifest: `https://github.com/organizations/acme/settings/apps/new`. */
  readonly action: string;
  readonly manifest: (redirectUrl: string) => object;
}

export interface ManifestPage {
  readonly app: Hono;
  /** The code that GitHub sent the browser back with. */
  readonly code: Promise<string>;
}

export function manifestPage({ action, manifest }: ManifestPageOptions): ManifestPage {
  // Only the browser that was sent away from here may come back with a code.
  const state = randomBytes(16).toString("hex");
  const { promise: code, resolve } = Promise.withResolvers<string>();
  const app = new Hono();
  app.get("/", (context) => {
    const redirectUrl = new URL("/created", context.req.url).href;
    return context.html(
      page(html`<p>GitHub shows the App's name, permissions and events, and asks for your consent.</p>
<form action="${action}?state=${state}" method="post">
<input type="hidden" name="manifest" value="${JSON.stringify(manifest(redirectUrl))}">
<button>Create the App on GitHub</button>
</form>`),
    );
  });
  app.get("/created", (context) => {
    const given = context.req.query("code") ?? "";
    if (context.req.query("state") !== state || !/^[\w-]{1,100}$/.test(given)) {
      return context.html(page(html`<p>This isn't the answer that was waited for. Start again.</p>`), 400);
    }
    resolve(given);
    return context.html(page(html`<p>Done. The rest is in your terminal.</p>`));
  });
  app.onError((error, context) => {
    const message = error instanceof RemitError ? error.message : "it failed";
    return context.html(page(html`<p>${message}</p>`), 500);
  });
  return { app, code };
}

function page(body: ReturnType<typeof html>) {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Remit</title>
<style>:root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>
</head><body><h1>Remit</h1>${body}</body></html>`;
}
