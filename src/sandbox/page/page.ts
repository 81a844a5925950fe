/** The demo's page: the service's error rate, the story, the pull request with its reasons, the commits. Everything shown is escaped. */
import { html } from "hono/html";
import { chart } from "./chart.ts";
import type { CommitState, Link, PageState } from "./page-state.ts";
import { pullView } from "./pull-view.ts";
import { storyView } from "./story-view.ts";

type Markup = ReturnType<typeof html>;

export function page(state: PageState): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Remit demo: ${state.scenario}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
        <script src="/page.js" defer></script>
      </head>
      <body>
        <main id="main">${pageContent(state)}</main>
      </body>
    </html>`;
}

/** What changes while the demo runs; the page's script swaps each section that differs. */
export function pageContent(state: PageState): Markup {
  return html`<header id="header">
      <div>
        <h1>Remit <span>demo · ${state.scenario}</span></h1>
        <p>${state.summary}</p>
      </div>
      ${status(state)}
    </header>
    <section id="numbers" class="numbers">${numbers(state)}</section>
    <section id="chart" class="card">
      <h2>Error rate of ${state.service.name} in ${state.service.environment}</h2>
      ${chart(state.chart, state.startedAt, state.now)}
    </section>
    <div class="columns">
      <section id="story" class="card"><h2>What happened</h2>${storyView(state.story)}</section>
      <div class="stack">
        <section id="pull" class="card">${pullView(state.pull)}</section>
        <section id="commits" class="card"><h2>What git says</h2>${commitList(state.commits)}</section>
      </div>
    </div>
    <footer id="links">${state.links.map(link)}</footer>`;
}

function status(state: PageState): Markup {
  const failing = (state.service.errorRate ?? 0) > state.chart.threshold;
  if (state.outcome === "recovered") return html`<p class="status good" data-status="recovered">Recovered</p>`;
  if (state.outcome === "not-recovered")
    return html`<p class="status bad" data-status="not-recovered">Handed to a person</p>`;
  if (failing) return html`<p class="status bad" data-status="failing">Failing</p>`;
  return html`<p class="status calm" data-status="healthy">Healthy</p>`;
}

function numbers(state: PageState): Markup {
  const rate = state.service.errorRate;
  const items = [
    ["error rate now", rate === undefined ? "–" : `${Math.round(rate * 100)} %`],
    ["running version", state.service.version === undefined ? "–" : running(state.service)],
    ["requests to GitHub", state.requests === undefined ? "–" : requests(state.requests)],
    ["since the start", `${((state.now - state.startedAt) / 1_000).toFixed(0)} s`],
  ];
  return html`${items.map(([label, value]) => html`<dl><dt>${label}</dt><dd>${value}</dd></dl>`)}`;
}

function running({ version, pods }: PageState["service"]): Markup {
  return html`${version} <small>in ${pods} ${pods === 1 ? "pod" : "pods"}</small>`;
}

function requests({ made, most }: NonNullable<PageState["requests"]>): Markup {
  return html`${made} <small>of at most ${most}</small>`;
}

function commitList(commits: readonly CommitState[]): Markup {
  return html`<ol class="commits">
    ${commits.map(
      (commit) => html`<li>
        <code>${commit.id.slice(0, 10)}</code>
        <div>
          <strong>${commit.subject}</strong> <span class="quiet">${commit.author}, ${day(commit.at)}</span>
          ${commit.trailers.length === 0 ? "" : html`<pre class="trailers">${commit.trailers.join("\n")}</pre>`}
        </div>
      </li>`,
    )}
  </ol>`;
}

function link(item: Link): Markup | string {
  return /^https?:\/\//.test(item.url) ? html`<a href="${item.url}">${item.label}</a> ` : "";
}

const day = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
