/** The repository's pull requests and issues, newest first. */
import { html } from "hono/html";
import type { AnyThread } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { layout, type Markup } from "./layout.ts";

export function listPage(world: World, what: "everything" | "pulls" | "issues"): Markup {
  const body = html`
${what === "issues" ? "" : section(world, "Pull requests", world.pulls)}
${what === "pulls" ? "" : section(world, "Issues", world.issues)}
<p class="quiet">The repository itself is in <code>${world.git.place}</code>.</p>`;
  return layout(world, world.fullName, body);
}

function section(world: World, title: string, threads: readonly AnyThread[]): Markup {
  const rows = [...threads].reverse().map((thread) => {
    const path = thread.kind === "pull" ? "pull" : "issues";
    const state = thread.kind === "pull" && thread.merged !== undefined ? "merged" : thread.state;
    return html`<li><a href="/${world.fullName}/${path}/${thread.number}">#${thread.number} ${thread.title}</a> <span class="state">${state}</span></li>`;
  });
  return html`<h1>${title}</h1>${rows.length === 0 ? html`<p>None yet.</p>` : html`<ul>${rows}</ul>`}`;
}
