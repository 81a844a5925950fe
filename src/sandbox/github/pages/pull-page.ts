/** A pull request, for people: what it says, its commits, checks, reviews and diff. */
import { html } from "hono/html";
import { checksOn, runVerdict, statusVerdict } from "../acts/checks-on.ts";
import { mergeability } from "../acts/mergeability.ts";
import { pullContent } from "../acts/pull-content.ts";
import type { FileChange } from "../git/git-objects.ts";
import type { PullRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { conversation, layout, type Markup, opening } from "./layout.ts";

/** Undefined when there is no such pull request. */
export async function pullPage(world: World, number: number): Promise<Markup | undefined> {
  const pull = world.pulls.find((item) => item.number === number);
  if (pull === undefined) return undefined;
  const { commits, files } = await pullContent(world, pull);
  const messages = await Promise.all(commits.map((oid) => world.git.commit(oid)));
  const merge = await mergeability(world, pull);
  const state = pull.merged === undefined ? pull.state : "merged";
  const standing = pull.state === "open" ? html`<p>${merge.refusal ?? "It can be merged."}</p>` : html``;
  const body = html`${opening(pull, state)}
<p><code>${pull.headRef}</code> into <code>${pull.baseRef}</code></p>
${standing}
<h2>Commits</h2>
${messages.map(
  (
    commit,
  ) => html`<pre><b>${commit.oid.slice(0, 10)}</b> ${commit.author.name}${world.signed.has(commit.oid) ? " (verified)" : ""}

${commit.message}</pre>`,
)}
<h2>Checks</h2>
${checkRows(world, pull)}
${
  pull.reviews.length === 0
    ? html``
    : html`<h2>Reviews</h2><ul>${pull.reviews.map(
        (review) =>
          html`<li>${review.author.login}: ${review.state.toLowerCase().replace("_", " ")} <span class="quiet">${review.commit.slice(0, 10)}</span> ${review.body}</li>`,
      )}</ul>`
}
<h2>Changes</h2>
${files.map(fileDiff)}
${conversation(pull)}`;
  return layout(world, pull.title, body);
}

function checkRows(world: World, pull: PullRecord): Markup {
  const { runs, statuses } = checksOn(world, pull.head);
  const rows = [
    ...runs.map((run) => ({
      name: run.name,
      verdict: runVerdict(run),
      by: run.suite.app.slug,
      says: run.output.title,
    })),
    ...statuses.map((status) => ({
      name: status.context,
      verdict: statusVerdict(status),
      by: status.creator.login,
      says: status.description,
    })),
  ];
  if (rows.length === 0) return html`<p>None reported.</p>`;
  return html`<table>${rows.map(
    (row) =>
      html`<tr><th>${row.name}</th><td>${row.verdict}</td><td class="quiet">${row.by}</td><td>${row.says ?? ""}</td></tr>`,
  )}</table>`;
}

function fileDiff(file: FileChange): Markup {
  const lines = (file.patch ?? "(binary)").split("\n");
  const shown = lines.map(
    (line) => html`<span class="${line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : ""}">${line}
</span>`,
  );
  return html`<h3>${file.path} <span class="quiet">${file.status}</span></h3><pre>${shown}</pre>`;
}
