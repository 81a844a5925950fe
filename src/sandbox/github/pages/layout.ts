/** A plain page for people; whatever goes into `html` is escaped. */
import { html } from "hono/html";
import type { AnyThread } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { markdown } from "./markdown.ts";

export type Markup = ReturnType<typeof html>;

export function layout(world: World, title: string, body: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · ${world.fullName}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border: 1px solid #8886; border-radius: 6px; }
article { padding: .25rem 1rem; border: 1px solid #8886; border-radius: 6px; overflow-wrap: anywhere; }
article h3 { font-size: 1.05rem; } article table { border-collapse: collapse; } article td, article th { border: 1px solid #8886; padding: .2rem .75rem; }
code { background: #8882; border-radius: 4px; padding: .1em .3em; } pre code { background: none; padding: 0; } details { margin: .75rem 0; }
.state { border: 1px solid; border-radius: 1em; padding: 0 .6em; font-size: .9em; }
.quiet { opacity: .7; } .add { color: #1a7f37; } .del { color: #cf222e; } td, th { text-align: left; padding-right: 1.5rem; }
</style>
</head>
<body>
<p class="quiet"><a href="/${world.fullName}">${world.fullName}</a> in the sandbox</p>
${body}
</body>
</html>`;
}

/** Title, state and text of an issue or pull request. */
export function opening(thread: AnyThread, state: string): Markup {
  return html`<h1>${thread.title} <span class="quiet">#${thread.number}</span></h1>
<p><span class="state">${state}</span> opened by ${thread.author.login}${thread.labels.map((label) => html` <span class="state">${label}</span>`)}</p>
<article>${markdown(thread.body ?? "")}</article>`;
}

export function conversation(thread: AnyThread): Markup {
  if (thread.comments.length === 0) return html``;
  return html`<h2>Comments</h2>${thread.comments.map(
    (comment) =>
      html`<h3>${comment.author.login} <span class="quiet">${new Date(comment.createdAt).toISOString()}</span></h3><article>${markdown(comment.body)}</article>`,
  )}`;
}
